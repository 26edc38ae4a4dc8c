/* Chat for web pages. One script tag with data-site="…" puts a button and a frame into a page;
   in the frame the same file is the chat itself. What is sent carries a number of its own, so
   that sending again says it once; what is received carries its place, so that nothing is lost. */
(() => {
  "use strict";
  const tag = document.currentScript;
  const made = (name, props = {}, ...inside) => {
    const node = Object.assign(document.createElement(name), props);
    node.append(...inside);
    return node;
  };

  // --- on the foreign page: the button and the frame -------------------------------------------
  function embed() {
    const home = new URL(tag.src).origin;
    const language = tag.dataset.lang || document.documentElement.lang || navigator.language;
    const code = /^en/i.test(language) ? "en"
      : /hant|tw|hk|mo/i.test(language) ? "zh-hant" : "zh-hans";
    const [call, shut] = {
      "en": ["Chat with us", "Close the chat"],
      "zh-hant": ["聯絡線上客服", "關閉對話"],
      "zh-hans": ["联系在线客服", "关闭对话"],
    }[code];
    const colour = tag.dataset.colour || "#0f766e";
    const side = tag.dataset.side === "left" ? "left" : "right";
    const small = () => innerWidth < 480;
    const button = made("button", { type: "button", ariaLabel: call, ariaExpanded: "false" });
    const badge = made("span", { ariaHidden: "true" });
    Object.assign(button.style, {
      position: "fixed", bottom: "20px", [side]: "20px", width: "58px", height: "58px",
      borderRadius: "50%", border: "0", background: colour, cursor: "pointer", zIndex: 2147483000,
      boxShadow: "0 6px 24px rgb(0 0 0 / .24)", padding: "0", display: "grid", placeItems: "center",
    });
    Object.assign(badge.style, {
      position: "absolute", top: "-3px", right: "-3px", minWidth: "20px", height: "20px",
      borderRadius: "10px", background: "#c4382b", color: "#fff", display: "none",
      font: "600 12px/20px system-ui, sans-serif", textAlign: "center",
    });
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const shapes = {
      talk: "M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM8 10h8M8 13h5",
      shut: "M6 9l6 6 6-6",
    };
    for (const [name, value] of Object.entries({
      width: 28, height: 28, viewBox: "0 0 24 24", fill: "none", stroke: ink(colour),
      "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
    })) svg.setAttribute(name, value);
    path.setAttribute("d", shapes.talk);
    svg.append(path);
    button.append(svg, badge);
    let frame = null;
    let unread = 0;
    const isOpen = () => frame !== null && frame.style.display !== "none";
    function place() {
      if (!frame) return;
      Object.assign(frame.style, small()
        ? { inset: "0", width: "100%", height: "100%", borderRadius: "0" }
        : {
          inset: "auto", bottom: "90px", [side]: "20px", borderRadius: "16px",
          width: "384px", height: `${Math.min(620, innerHeight - 110)}px`,
        });
    }
    function show(wanted) {
      if (wanted && !frame) {
        frame = made("iframe", {
          src: `${home}/chat/w/${tag.dataset.site}/?lang=${code}`, title: call,
        });
        Object.assign(frame.style, {
          position: "fixed", border: "0", zIndex: 2147483001, background: "transparent",
          boxShadow: "0 12px 48px rgb(0 0 0 / .28)", colorScheme: "normal",
        });
        document.body.append(frame);
      }
      if (!frame) return;
      frame.style.display = wanted ? "block" : "none";
      place();
      button.ariaExpanded = String(wanted);
      button.ariaLabel = wanted ? shut : call;
      path.setAttribute("d", wanted ? shapes.shut : shapes.talk);
      tell({ open: wanted });
      if (wanted) { count(0); frame.focus(); } else button.focus();
    }
    function count(n) {
      unread = n;
      badge.textContent = n > 9 ? "9+" : n;
      badge.style.display = n ? "block" : "none";
      button.ariaLabel = isOpen() ? shut : n ? `${call} (${n})` : call;
    }
    const tell = (news) => frame?.contentWindow?.postMessage({ lzChat: news }, home);
    button.addEventListener("click", () => show(!isOpen()));
    addEventListener("resize", place);
    addEventListener("message", (event) => {
      if (event.origin !== home || event.source !== frame?.contentWindow) return;
      const news = event.data?.lzChat;
      if (news?.close) show(false);
      if (news?.ready) tell({ open: isOpen() });
      if (news?.unread && !isOpen()) count(unread + 1);
    });
    document.body.append(button);
    if (tag.dataset.open === "1") show(true);
  }

  /** Dark or light words on `colour`, whichever can be read better. */
  function ink(colour) {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.36 ? "#111820" : "#ffffff";
  }

  // --- in the frame: the chat --------------------------------------------------------------------
  function chat(given) {
    const { words } = given;
    const find = (id) => document.getElementById(`c-${id}`);
    const root = document.documentElement;
    root.style.setProperty("--c-accent", given.colour);
    root.style.setProperty("--c-on-accent", ink(given.colour));
    const store = `lz-chat-${given.key}`;
    let kept = { token: "", outbox: [] };
    try { kept = { ...kept, ...JSON.parse(sessionStorage.getItem(store) || "{}") }; } catch { /* none */ }
    const keep = () => { try { sessionStorage.setItem(store, JSON.stringify(kept)); } catch { /* none */ } };

    let last = 0;          // place of the last message that came through the stream
    let read = 0;          // place up to which the agent knows that we have read
    let state = {};
    let tries = 0;
    let isShown = parent === window;
    let isSending = false;
    let stream = null;
    const places = new Map();   // place → its line
    const log = find("log");
    const say = (name, value) => words[name].replace("%s", value ?? "");
    const wait = (ms) => new Promise((done) => setTimeout(done, ms));
    const pause = () => Math.min(15000, 500 * 2 ** Math.min(tries, 6)) * (0.7 + Math.random() * 0.6);
    const outward = (news) => parent !== window && parent.postMessage({ lzChat: news }, "*");
    const number = () => [...crypto.getRandomValues(new Uint8Array(16))]
      .map((one) => one.toString(16).padStart(2, "0")).join("");

    function call(path, { body, form, headers = {}, ...more } = {}) {
      return fetch(path.startsWith("/") ? path : given.base + path, {
        ...more,
        method: body || form ? "POST" : "GET",
        credentials: "omit",
        cache: "no-store",
        headers: {
          ...headers, "Chat-Language": given.language,
          ...(kept.token ? { Authorization: `Bearer ${kept.token}` } : {}),
          ...(body ? { "Content-Type": "application/json" } : {}),
        },
        body: form || (body && JSON.stringify(body)),
      });
    }

    // --- what one sees ---------------------------------------------------------------------------
    function part(name) {
      for (const one of ["begin", "talk", "away", "thanks"]) find(one).hidden = one !== name;
      if (given.steer) find("steer").hidden = name !== "begin" && name !== "away";
    }

    function line(one) {
      if (one.kind === "system") {
        const key = one.event === "left" ? "left_it" : one.event;
        return made("li", { className: "c-note" }, say(key, one.who));
      }
      const own = one.side === "visitor";
      const bubble = made("div", { className: "c-bubble" });
      if (one.file) bubble.append(fileOf(one));
      else bubble.textContent = one.text;
      const at = new Date(one.at || Date.now());
      const clock = `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
      const who = own ? words.you : `${words.agent} ${one.who}`;
      const foot = made("div", { className: "c-foot" }, one.seq ? clock : words.sending);
      const item = made("li", { className: own ? "c-own" : "c-other" },
        made("span", { className: own ? "c-hidden" : "c-who" }, who), bubble, foot);
      item.dataset.id = one.id;
      return item;
    }

    function fileOf(one) {
      const size = one.file.size > 1048576 ? `${(one.file.size / 1048576).toFixed(1)} MB`
        : `${Math.max(1, Math.round(one.file.size / 1024))} KB`;
      const button = made("button", { type: "button", className: "c-file" },
        made("strong", {}, one.file.name), made("small", {}, size));
      if (one.seq) button.addEventListener("click", () => save(`file/${one.seq}/`, one.file.name));
      return button;
    }

    async function save(path, name) {
      const answer = await call(path).catch(() => null);
      if (!answer?.ok) return;
      const link = made("a", { href: URL.createObjectURL(await answer.blob()), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }

    /** Put a message into its place; one that is there already is left alone. */
    function show(one) {
      if (places.has(one.seq)) return false;
      const isLow = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
      log.querySelector(`[data-id="${CSS.escape(one.id)}"]`)?.remove();
      const item = line(one);
      const after = [...places.keys()].filter((place) => place > one.seq);
      const next = after.length ? places.get(Math.min(...after)) : log.querySelector("[data-waits]");
      log.insertBefore(item, next || find("dots"));
      places.set(one.seq, item);
      item.dataset.seq = one.seq;
      if (isLow || one.side === "visitor") log.scrollTop = log.scrollHeight;
      return true;
    }

    function arrived(one) {
      last = Math.max(last, one.seq);
      const isNew = show(one);
      kept.outbox = kept.outbox.filter((mine) => mine.id !== one.id);
      keep();
      if (isNew && one.side === "agent" && !isShown) outward({ unread: true });
      noteRead();
      marks();
    }

    /** Below the last of our messages that the agent has read stands that it is. */
    function marks() {
      for (const one of log.querySelectorAll(".c-read")) one.remove();
      const mine = [...places].filter(([place, item]) =>
        item.className === "c-own" && place <= (state.read || 0));
      const [, item] = mine.sort((a, b) => b[0] - a[0])[0] || [];
      item?.querySelector(".c-foot").append(made("span", { className: "c-read" }, ` · ${words.read}`));
    }

    function setState(found) {
      state = found;
      tries = 0;
      status("");
      const top = find("state");
      if (found.state === "waiting") {
        const place = found.position === 1 ? words.next : say("place", found.position);
        const long = found.minutes ? say("about", found.minutes) : words.unsure;
        top.textContent = `${place} · ${long}`;
      } else if (found.state === "serving") top.textContent = say("served", found.who);
      else top.textContent = words.ended;
      root.dataset.state = found.state;
      const isLow = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
      find("dots").hidden = !found.typing;
      if (found.typing && isLow) log.scrollTop = log.scrollHeight;
      const isOver = found.state === "ended";
      find("form").hidden = isOver;
      find("over").hidden = !isOver;
      find("end").hidden = isOver;
      marks();
    }

    const status = (text) => { find("status").textContent = text; find("status").hidden = !text; };

    // --- receiving -------------------------------------------------------------------------------
    async function follow() {
      const mine = stream = {};
      while (stream === mine && kept.token && state.state !== "ended") {
        let answer = null;
        try {
          answer = await call(given.stream, { headers: { "Last-Event-ID": String(last) } });
          if (answer.status === 404) return forget();
          if (answer.ok) await listen(answer.body.getReader());
          else await poll(12);
        } catch {
          if (tries > 1) status(words.lost);
        }
        if (stream !== mine || state.state === "ended") return;
        tries += 1;
        await wait(answer?.ok ? 200 : pause());
      }
    }

    async function listen(reader) {
      const decode = new TextDecoder();
      let rest = "";
      for (;;) {
        const quiet = setTimeout(() => reader.cancel(), 45000);  // silence is filled every 15 s
        const { value, done } = await reader.read();
        clearTimeout(quiet);
        if (done) return;
        rest += decode.decode(value, { stream: true });
        const events = rest.split("\n\n");
        rest = events.pop();
        for (const event of events) {
          const data = event.split("\n").find((row) => row.startsWith("data: "));
          if (!data) continue;
          const found = JSON.parse(data.slice(6));
          if (event.includes("event: said")) arrived(found);
          else setState(found);
        }
      }
    }

    /** Where no stream can be had: ask again and again. */
    async function poll(times) {
      for (let time = 0; time < times && state.state !== "ended"; time += 1) {
        const answer = await call(`messages/?after=${last}`);
        if (answer.status === 404) return forget();
        if (answer.ok) {
          const found = await answer.json();
          found.said.forEach(arrived);
          setState(found.state);
        }
        await wait(1500);
      }
    }

    // --- sending ---------------------------------------------------------------------------------
    function queue(text) {
      const one = { id: number(), text };
      kept.outbox.push(one);
      keep();
      waits(one);
      flush();
    }

    function waits(one) {
      const item = line({ ...one, side: "visitor", kind: "text" });
      item.dataset.waits = "";
      log.insertBefore(item, find("dots"));
      log.scrollTop = log.scrollHeight;
    }

    /** One after another, so that the order stays; each until it is said or refused. */
    async function flush() {
      if (isSending || !kept.token) return;
      isSending = true;
      let times = 0;
      while (kept.outbox.length && state.state !== "ended") {
        const one = kept.outbox[0];
        let answer = null;
        try { answer = await call("say/", { body: one }); } catch { /* the line is dead */ }
        if (answer?.ok) {
          show(await answer.json());
          kept.outbox = kept.outbox.filter((mine) => mine.id !== one.id);
          times = 0;
        } else if (answer && answer.status < 500 && answer.status !== 429) {
          const { error } = await answer.json().catch(() => ({}));
          kept.outbox = kept.outbox.filter((mine) => mine.id !== one.id);
          refused(one, error);
        } else {
          times += 1;
          const foot = log.querySelector(`[data-id="${one.id}"] .c-foot`);
          if (times > 2 && foot) foot.textContent = words.lost;
          await wait(Number(answer?.headers.get("Retry-After") || 0) * 1000
            || Math.min(15000, 500 * 2 ** times));
        }
        keep();
      }
      isSending = false;
    }

    function refused(one, error) {
      const item = log.querySelector(`[data-id="${CSS.escape(one.id)}"]`);
      if (!item) return;
      const again = made("button", { type: "button", className: "c-again" }, error || words.failed);
      again.addEventListener("click", () => { item.remove(); queue(one.text); });
      item.querySelector(".c-foot").replaceChildren(again);
    }

    async function attach(file) {
      const id = number();
      status(words.sending);
      for (let time = 0; time < 6; time += 1) {
        const form = new FormData();
        form.append("id", id);
        form.append("file", file, file.name);
        const answer = await call("file/", { form }).catch(() => null);
        if (answer?.ok) { show(await answer.json()); return status(""); }
        if (answer && answer.status < 500) {
          const { error } = await answer.json().catch(() => ({}));
          return status(error || words.failed);
        }
        await wait(1000 * 2 ** time);
      }
      return status(words.failed);
    }

    let told = 0;
    let readTimer = 0;
    function noteRead() {
      if (!isShown || document.hidden || last <= read) return;
      clearTimeout(readTimer);
      readTimer = setTimeout(() => {
        read = last;
        call("signs/", { body: { read, typing: false } }).catch(() => { read = 0; });
      }, 600);
    }

    function typing() {
      if (Date.now() - told < 3000 || state.state !== "serving") return;
      told = Date.now();
      call("signs/", { body: { typing: true, read: last } }).catch(() => {});
    }

    // --- beginning and ending ----------------------------------------------------------------------
    async function begin() {
      const button = find("start");
      button.disabled = true;
      const answer = await call(`/chat/w/${given.key}/start/`, { body: {} }).catch(() => null);
      button.disabled = false;
      if (!answer) return status(words.lost);
      const found = await answer.json().catch(() => ({}));
      if (answer.status === 409) return away(found.error);
      if (!answer.ok) return status(found.error || words.failed);
      kept = { token: found.token, outbox: kept.outbox };
      keep();
      return enter();
    }

    function enter() {
      status("");
      part("talk");
      find("end").hidden = false;
      for (const one of kept.outbox) waits(one);
      follow();
      flush();
      find("text").focus();
    }

    function forget() {
      stream = null;
      kept = { token: "", outbox: [] };
      keep();
      last = read = 0;
      state = {};
      places.clear();
      for (const item of log.querySelectorAll("li:not(#c-dots)")) item.remove();
      find("form").hidden = false;
      find("over").hidden = true;
      find("end").hidden = true;
      delete root.dataset.state;
      find("state").textContent = "";
      part(given.is_open ? "begin" : "away");
    }

    function away(text) {
      if (text) find("away-text").textContent = text;
      part("away");
      find("reach").focus();
    }

    if (given.steer) find("steer-take").addEventListener("click", (event) => {
      call(`/chat/w/${given.key}/way/`, { body: { rule: given.steer } }).catch(() => null);
      event.target.hidden = true;
      const way = find("steer-way");
      if (way) way.hidden = false;
      else away();
    });
    const leaveId = number();
    find("away").addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = { id: leaveId };
      for (const name of ["name", "reach", "matter"]) body[name] = find(name).value;
      const answer = await call(`/chat/w/${given.key}/message/`, { body: { ...body, text: body.matter } })
        .catch(() => null);
      const found = await answer?.json().catch(() => ({}));
      if (!answer?.ok) return status(found?.error || words.failed);
      status("");
      find("thanks-text").textContent = found.said;
      return part("thanks");
    });
    find("start").addEventListener("click", begin);
    find("again").addEventListener("click", forget);
    find("save").addEventListener("click", () => save("transcript/", "chat.txt"));
    find("close").addEventListener("click", () => outward({ close: true }));
    find("close").hidden = parent === window;
    find("end").addEventListener("click", () => find("sure").showModal());
    find("no").addEventListener("click", () => find("sure").close());
    find("yes").addEventListener("click", async () => {
      find("sure").close();
      for (let time = 0; time < 4; time += 1) {
        const answer = await call("end/", { body: {} }).catch(() => null);
        if (answer && answer.status < 500) return;
        await wait(800 * 2 ** time);
      }
    });
    const text = find("text");
    const grow = () => { text.style.height = "auto"; text.style.height = `${Math.min(120, text.scrollHeight)}px`; };
    find("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const said = text.value.trim();
      if (!said) return;
      text.value = "";
      told = 0;
      grow();
      queue(said);
      text.focus();
    });
    text.addEventListener("input", () => { grow(); typing(); });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        find("form").requestSubmit();
      }
    });
    find("attach").addEventListener("click", () => find("file").click());
    find("file").addEventListener("change", (event) => {
      for (const file of event.target.files) attach(file);
      event.target.value = "";
    });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !find("sure").open) outward({ close: true });
    });
    addEventListener("message", (event) => {
      if (event.source !== parent || typeof event.data?.lzChat?.open !== "boolean") return;
      isShown = event.data.lzChat.open;
      if (isShown) { noteRead(); (find("talk").hidden ? find("start") : text).focus(); }
    });
    document.addEventListener("visibilitychange", noteRead);
    addEventListener("online", () => { tries = 0; flush(); });

    if (kept.token) enter();
    else part(given.is_open ? "begin" : "away");
    outward({ ready: true });
  }

  const data = document.getElementById("lz-chat");
  if (data) chat(JSON.parse(data.textContent));
  else if (document.body) embed();
  else addEventListener("DOMContentLoaded", embed);
})();
