// <lz-player><audio controls …></lz-player>: a wave form, the speed, and silence that is skipped.
// The sound is read a second time, for the wave form, only once somebody plays it: asking for a
// recording is listening, and that is kept. Without this script the plain player is there.
const STEP = 0.05; // seconds of sound in one bar of the wave form and of the search for silence
const QUIET = 0.012; // less than this (of 1) is silence
const LONG = 1.0; // seconds of silence that are skipped

/** The loudest sample of each STEP of a sound. */
function peaksOf(sound) {
  const samples = sound.getChannelData(0);
  const size = Math.max(1, Math.floor(sound.sampleRate * STEP));
  return Array.from({ length: Math.ceil(samples.length / size) }, (_, at) => {
    let peak = 0;
    const end = Math.min(samples.length, (at + 1) * size);
    for (let one = at * size; one < end; one += 8) peak = Math.max(peak, Math.abs(samples[one]));
    return peak;
  });
}

class Player extends HTMLElement {
  connectedCallback() {
    this.audio = this.querySelector("audio");
    this.canvas = this.querySelector("canvas");
    this.peaks = [];
    this.audio.addEventListener("play", () => this.read(), { once: true });
    this.audio.addEventListener("timeupdate", () => this.moved());
    this.canvas.addEventListener("click", (event) => {
      const place = event.offsetX / this.canvas.clientWidth;
      if (this.audio.duration) this.from(place * this.audio.duration);
    });
    this.querySelector("select").addEventListener("change", (event) => {
      this.audio.playbackRate = Number(event.target.value);
    });
    this.querySelector("[data-player]").hidden = false;
    document.addEventListener("click", this.#jump);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#jump);
  }

  // The time beside a turn plays from there.
  #jump = (event) => {
    const turn = event.target.closest?.(".lz-turn-at")?.closest("[data-start]");
    if (turn) this.from(Number(turn.dataset.start) / 1000);
  };

  // A place asked for before the length is known would count as played from the beginning.
  async from(seconds) {
    if (this.audio.readyState < HTMLMediaElement.HAVE_METADATA) {
      this.audio.preload = "metadata";
      await new Promise((ready) => this.audio.addEventListener("loadedmetadata", ready, { once: true }));
    }
    this.audio.currentTime = seconds;
    this.audio.play().catch(() => {});
  }

  async read() {
    const context = new AudioContext();
    try {
      const answer = await fetch(this.audio.currentSrc);
      this.peaks = peaksOf(await context.decodeAudioData(await answer.arrayBuffer()));
      this.canvas.hidden = false;
      this.draw();
    } catch {
      this.canvas.hidden = true; // a sound that cannot be drawn can still be heard
    } finally {
      context.close();
    }
  }

  moved() {
    if (this.peaks.length && this.querySelector("[data-skip]").checked) this.skip();
    this.draw();
    this.mark();
  }

  /** Jump over what is silent for longer than LONG. */
  skip() {
    const first = Math.floor(this.audio.currentTime / STEP);
    let at = first;
    while (at < this.peaks.length && this.peaks[at] < QUIET) at += 1;
    if ((at - first) * STEP > LONG) this.audio.currentTime = at * STEP - STEP;
  }

  /** The turn that is heard now. */
  mark() {
    const now = this.audio.currentTime * 1000;
    const turns = [...document.querySelectorAll(".lz-turn[data-start]")];
    const heard = turns.filter((turn) => Number(turn.dataset.start) <= now).at(-1);
    for (const turn of turns) turn.classList.toggle("lz-turn-heard", turn === heard && !this.audio.paused);
  }

  draw() {
    if (!this.peaks.length) return;
    const { canvas, peaks } = this;
    const width = (canvas.width = canvas.clientWidth * devicePixelRatio);
    const height = (canvas.height = canvas.clientHeight * devicePixelRatio);
    const paint = canvas.getContext("2d");
    const style = getComputedStyle(canvas);
    const done = this.audio.currentTime / STEP / peaks.length;
    const bars = Math.min(peaks.length, Math.floor(width / 3));
    for (let bar = 0; bar < bars; bar += 1) {
      const some = peaks.slice((bar * peaks.length) / bars, ((bar + 1) * peaks.length) / bars + 1);
      const tall = Math.max(2, Math.max(...some) * height);
      paint.fillStyle = bar / bars < done ? style.color : style.borderTopColor;
      paint.fillRect((bar * width) / bars, (height - tall) / 2, Math.max(1, width / bars - 1), tall);
    }
  }

  /** The stretches that were played, in milliseconds: `0-1200,5000-9000`. */
  get played() {
    const { played } = this.audio;
    return Array.from({ length: played.length }, (_, at) =>
      `${Math.round(played.start(at) * 1000)}-${Math.round(played.end(at) * 1000)}`).join(",");
  }
}
customElements.define("lz-player", Player);
