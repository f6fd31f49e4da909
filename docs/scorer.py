"""A scorer of your own in 20 lines: percept.yaml says  scorer: {command: [python3, docs/scorer.py]}

One JSON object a line in, one a line out, in the same order, flushed. This one counts words; put a
model of your own in its place. Touchpoints are the slugs of the taxonomy; start and end are byte
offsets into the text and may be left out.
"""
import json
import sys

GOOD, BAD = {"lovely", "thorough", "kind"}, {"rude", "late", "never"}

for line in sys.stdin:
    text = json.loads(line)
    words = text["text"].lower().replace(".", " ").split()
    score = max(-1, min(1, sum((w in GOOD) - (w in BAD) for w in words) / 2))
    label = "positive" if score > 0 else "negative" if score < 0 else "neutral"
    mention = {"id": "general", "score": score, "confidence": 0.5}
    answer = {"id": text["id"], "score": score, "label": label, "confidence": 0.5, "touchpoints": [mention], "behaviours": []}
    print(json.dumps(answer), flush=True)
