"""What each operator looks for, in a few words and in one sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# operator: (its name in lists, what it asks)
OPERATORS: dict[str, tuple[str | Promise, str | Promise]] = {
    "text.keyword": (_("Words"), _("Any, all, none or a number of words are said.")),
    "text.expr": (
        _("Words with logic"),
        _("A logical expression over words holds in a sentence, a turn or all that is looked at."),
    ),
    "text.regex": (_("Pattern"), _("A regular expression is found.")),
    "text.near": (
        _("Close to each other"),
        _("Two phrases are said within some characters, words, turns or seconds of each other."),
    ),
    "text.wordset": (_("Word set"), _("A word of a list is said.")),
    "text.script": (
        _("Script"),
        _("The parts of a required script were said; the missing ones are listed."),
    ),
    "text.repeat": (
        _("Repetition"),
        _("A turn says almost the same as an earlier one of the same or of another speaker."),
    ),
    "text.entity": (
        _("Number, address or sum"),
        _("A telephone, identity or card number, a plate, an address, a sum or a date is said."),
    ),
    "text.count": (
        _("How much was said"),
        _("The number of turns, sentences or letters lies in a range."),
    ),
    "time.silence": (
        _("Silence"),
        _("A silence between two turns of a given length, unless it was announced."),
    ),
    "time.silenceTotal": (
        _("Silence in all"),
        _("The time in which nobody speaks, in all or as a share, lies in a range."),
    ),
    "time.response": (_("Time to answer"), _("The time until an answer lies in a range.")),
    "time.hold": (
        _("Hold"),
        _("All holds together, the longest of them, or their number lies in a range."),
    ),
    "time.duration": (_("Length"), _("The conversation lasts as long as a range says.")),
    "time.ringAnswer": (
        _("Ringing"),
        _("The time it rang, the number of rings, or the time waited lies in a range."),
    ),
    "voice.rate": (_("Speed of speech"), _("Letters spoken a minute lie in a range.")),
    "voice.overlap": (
        _("Interruption"),
        _("Somebody begins to speak while another still does."),
    ),
    "voice.energy": (
        _("Loudness"),
        _("The level of the voice, its rise, or its difference to others lies in a range."),
    ),
    "voice.emotion": (
        _("Emotion"),
        _("The customer sounds like one of some emotions."),
    ),
    "voice.emotionChange": (
        _("Change of emotion"),
        _("The emotion of the customer gets worse, gets better, or changes from one to another."),
    ),
    "voice.talkRatio": (
        _("Share of talking"),
        _("The share of somebody in all speaking lies in a range."),
    ),
    "call.hangup": (
        _("Hang-up"),
        _("Somebody ends the call: after certain words, soon after them, or without a farewell."),
    ),
    "call.transfer": (
        _("Transfer of the call"),
        _("The call is passed on so many times, or passed on without a word before."),
    ),
    "audio.quality": (
        _("Quality of the recording"),
        _("The recording is clipped, noisy or broken, or only one side can be heard."),
    ),
    "conv.opening": (_("Opening"), _("Something is said in the first turns.")),
    "conv.closing": (_("Closing"), _("Something is said in the last turns.")),
    "conv.sequence": (_("Steps in order"), _("Several things are said one behind the other.")),
    "conv.ifThen": (
        _("If this, then that"),
        _("Where a trigger is said, a duty is said too; without a trigger it does not apply."),
    ),
    "conv.role": (
        _("Swapped speakers"),
        _("Somebody says what the other side usually says: the speakers may be swapped."),
    ),
    "model.sentiment": (
        _("Feeling"),
        _("What is said is negative, neutral or positive, or lies in a range between."),
    ),
    "model.intent": (
        _("What the customer wants"),
        _("The customer wants one of the things that a trained classifier tells apart."),
    ),
    "model.topic": (
        _("What it is about"),
        _("The conversation is about one of the topics that a trained classifier tells apart."),
    ),
    "model.classifier": (
        _("One’s own classifier"),
        _("A classifier trained on one’s own examples gives one of the labels."),
    ),
    "llm.judge": (
        _("Language model"),
        _("A large language model gives one of the answers by the criteria, with its quotes."),
    ),
    "kb.answer": (
        _("Answer by the knowledge base"),
        _("An answer agrees with the knowledge base, contradicts it, or is not in it."),
    ),
    "meta.field": (
        _("Field of the conversation"),
        _("A field of the conversation is held against a value, a range or an expression."),
    ),
    "pii.disclosed": (
        _("Personal data read out"),
        _("A whole telephone, identity or card number is read out."),
    ),
    "forbidden.promise": (
        _("Promise too much"),
        _("A result is promised for certain that lies in other hands."),
    ),
    "text.pinyin": (
        _("Words by sound"),
        _("A word is said, in whichever characters of the same sound it was written down."),
    ),
    "text.similar": (_("Like an example"), _("Something like one of the examples is said.")),
    "text.echo": (
        _("Said again to confirm"),
        _("What one side told (numbers, sums, dates, names, words) is said again by the other."),
    ),
    "text.entityCompare": (
        _("Agrees with the record"),
        _("A number, sum, date or name that is said is that of a field or of the other side."),
    ),
    "text.length": (_("Length of turns"), _("Turns are as long as a range says.")),
    "text.question": (
        _("Question"),
        _("A question is asked, or one is left without an answer of substance."),
    ),
    "text.politeness": (
        _("Politeness"),
        _("The share of turns with polite words, with impolite ones, or the difference."),
    ),
    "text.language": (
        _("Language spoken"),
        _("Turns are in a language, or the share of a script lies in a range."),
    ),
    "conv.flow": (
        _("Process"),
        _("The steps of a process with branches are followed; what is missing is listed."),
    ),
    "conv.promise": (
        _("Promise and what became of it"),
        _("Something is promised, within some hours, and kept or not by the records."),
    ),
    "conv.stage": (
        _("Stages"),
        _("The conversation has stages: one is missing, out of order, or of some length."),
    ),
    "meta.compare": (
        _("Two fields"),
        _("Two fields of the conversation are held against each other."),
    ),
    "ticket.consistency": (
        _("Said and recorded"),
        _("The ticket holds the type and the key facts that were said."),
    ),
    "history.repeatContact": (
        _("Contact again"),
        _("The same customer was in contact before, within some days or hours."),
    ),
    "history.complaint": (
        _("Complained before"),
        _("The same customer complained before, within some days or hours."),
    ),
    "survey.score": (
        _("Score in a survey"),
        _("The customer's score in a survey lies in a range."),
    ),
    "sla.breach": (
        _("Time limit missed"),
        _("A time limit of the conversation or its case was missed, by how much."),
    ),
    "screen.event": (
        _("Done on the screen"),
        _("Something was done on the screen, or was not, before or after something was said."),
    ),
    "pii.collected": (
        _("Personal data asked for"),
        _("Personal data is asked for that the matter does not need."),
    ),
    "auth.verified": (
        _("Identity checked first"),
        _("Enough checks of identity are made before something is disclosed."),
    ),
    "risk.threat": (
        _("Threat or danger"),
        _("Somebody speaks of the regulator, the media, the law, harming himself, or violence."),
    ),
    "bot.handover": (
        _("From bot to human"),
        _("The customer asks the bot for a human: how long until one comes, refused, or never."),
    ),
    "bot.loop": (
        _("Going in circles"),
        _("The bot repeats itself or understands nothing, or the customer must ask again."),
    ),
    "bot.unsupportedClaim": (
        _("Claim without source"),
        _("The bot states a figure or promises something that stands in no article."),
    ),
}


def operator_in_words(code: str) -> str:
    """The name of an operator; one of a newer engine is shown as written."""
    return str(OPERATORS.get(code, (code, ""))[0])
