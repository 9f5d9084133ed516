#!/usr/bin/env python3
"""Tunes the word vectors that make.py made to how people ask: rewrites words.txt, vectors.i8 and weights.u8 in this folder.

usage: tune.py CLAUSES.txt PAIRS.tsv   CLAUSES.txt: one clause of a report a line; PAIRS.tsv: CLAUSE<TAB>QUESTION[<TAB>QUESTION...] a line
needs: pip install numpy jieba; the rows of ../lexicon/data/compiled.json are read as well

A question is the weighted mean of its words, as vector.go has it. The vectors are moved so that a question comes nearer to its own clause than to
those of a few hundred other questions and to as many clauses at random (the softmax of the cosines over a temperature, minimised by Adagrad, with
a pull back to where make.py put them). Questions are those of PAIRS.tsv, and the everyday words of the lexicon's rows, half of the time with a
word or two of a clause that has the term they mean. English words of both join the vocabulary; they start at random.
"""
import collections, json, pathlib, random, re, sys, unicodedata
import jieba, numpy as np

DIM, EPOCHS, BATCH, RATE, PULL, TEMPERATURE, MIXED, REPEAT = 64, 6, 256, 0.02, 0.001, 0.1, 0.5, 3
STOP = set("的 了 是 在 有 和 吗 呢 吧 啊 多少 什么 怎么 哪些 几 个 今年 去年 我 你 我们 要 会 能 请问 一下 想 知道 报告 提到 说".split())
# English words that tell little weigh little.
LITTLE = set("""the a an of to in on for and or is are was were be been do does did will would can could should has have had how what which who
where when why many much more most any some there this that it its they them we you i my our your his her from with by at as about into than then
so but if not no yes get got out up down over under new per each all now last next year years old people one two still just also being through
during before after me us he she""".split())

here = pathlib.Path(__file__).parent
rng, noise = random.Random(1), np.random.RandomState(3)
words = (here / "words.txt").read_text(encoding="utf-8").split("\n")[:-1]
vectors = np.fromfile(here / "vectors.i8", np.int8).reshape(-1, DIM).astype(np.float32)
weights = np.fromfile(here / "weights.u8", np.uint8).astype(np.float32) / 255
lexicon = json.loads((here / "../lexicon/data/compiled.json").read_text(encoding="utf-8"))
clauses = sorted({c for c in open(sys.argv[1], encoding="utf-8").read().split("\n") if 4 <= len(c) <= 60})
pairs = [line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8")]

def english(text):
    return re.findall(r"[a-z]{2,}", text.lower())

known, asked = set(words), collections.Counter(w for p in pairs for q in p[1:] if len(english(q)) > 2 for w in english(q))
more = sorted(({w for r in lexicon["english"] for s in r["say"] for w in english(s)} | {w for w, n in asked.items() if n > 1}) - known)
start = noise.randn(len(more), DIM).astype(np.float32)
start *= 0.25 * np.sqrt((vectors ** 2).sum(1).mean()) / np.linalg.norm(start, axis=1, keepdims=True)
rare = [0.08 if w in LITTLE else 0.01 / (0.01 + asked[w] / max(1, sum(asked.values()))) for w in more]
words, vectors, weights = words + more, np.concatenate([vectors, start]), np.concatenate([weights, np.array(rare, np.float32)])
place = {w: i for i, w in enumerate(words)}

def cut(text):
    out = []
    for w in jieba.cut(unicodedata.normalize("NFKC", text).lower(), HMM=False):
        if w not in STOP:
            out += [place[w]] if w in place else [place[c] for c in w if c in place and c not in STOP] if len(w) > 1 else []
    return out

cuts = [cut(c) for c in clauses]
holding = {}

def having(term):
    if term not in holding:
        holding[term] = [i for i, c in enumerate(clauses) if term in c]
    return holding[term]

data = []  # the words of a question, the clauses that may answer it, the words of the term or clause itself
for row in lexicon["synonyms"] + lexicon["english"]:
    terms = [t for t in (row.get("means") or [])[:3] + (row.get("kind") or [])[:2] if having(t) and cut(t)][:2]
    for say in row["say"]:
        if cut(say):
            data += [(cut(say), having(t), cut(t)) for t in terms]
for clause, *questions in pairs:
    for q in questions:
        if cut(q) and cut(clause):
            data += [(cut(q), [], cut(clause))] * REPEAT

table = vectors / np.sqrt((vectors ** 2).sum(1).mean())
home, squares = table.copy(), np.zeros(len(table), np.float32)

def forward(texts):
    at, weight = np.zeros((len(texts), max(map(len, texts))), np.int64), np.zeros((len(texts), max(map(len, texts))), np.float32)
    for i, x in enumerate(texts):
        at[i, :len(x)], weight[i, :len(x)] = x, weights[x]
    total = (table[at] * weight[:, :, None]).sum(1)
    length = np.maximum(1e-6, np.linalg.norm(total, axis=1, keepdims=True))
    return at, weight, total / length, length

def backward(at, weight, unit, length, slope):
    slope = (slope - (slope * unit).sum(1, keepdims=True) * unit) / length
    each, index = (slope[:, None, :] * weight[:, :, None]).reshape(-1, DIM), at.reshape(-1)
    some = weight.reshape(-1) > 0
    rows, of = np.unique(index[some], return_inverse=True)
    step = np.zeros((len(rows), DIM), np.float32)
    np.add.at(step, of, each[some])
    squares[rows] += (step ** 2).mean(1)
    table[rows] -= RATE * step / (np.sqrt(squares[rows]) + 1e-4)[:, None] + RATE * PULL * (table[rows] - home[rows])

for epoch in range(EPOCHS):
    rng.shuffle(data)
    loss = []
    for b in range(0, len(data) - BATCH + 1, BATCH):
        said, meant = [], []
        for x, may, own in data[b:b + BATCH]:
            y = own
            if may and rng.random() > 0.2:
                y = cuts[rng.choice(may)] or own
                if rng.random() < MIXED:
                    rest = [w for w in y if w not in own]
                    x = x + rng.sample(rest, min(len(rest), rng.randint(1, 2)))
            said.append(x), meant.append(y)
        others = [c for c in (rng.choice(cuts) for _ in range(BATCH)) if c]
        q, c = forward(said), forward(meant + others)
        like = np.exp((q[2] @ c[2].T - 1) / TEMPERATURE)
        share = like / like.sum(1, keepdims=True)
        loss.append(-np.log(share[np.arange(BATCH), np.arange(BATCH)] + 1e-9).mean())
        share[np.arange(BATCH), np.arange(BATCH)] -= 1
        share /= TEMPERATURE * BATCH
        on_q, on_c = share @ c[2], share.T @ q[2]
        backward(*q, on_q), backward(*c, on_c)
    print("epoch", epoch + 1, "loss", round(float(np.mean(loss)), 3), flush=True)

order = sorted(range(len(words)), key=lambda i: words[i].encode())
limit = np.quantile(np.abs(table), 0.9999)
np.clip(np.round(table[order] / limit * 127), -127, 127).astype(np.int8).tofile(here / "vectors.i8")
np.clip(np.round(weights[order] * 255), 0, 255).astype(np.uint8).tofile(here / "weights.u8")
(here / "words.txt").write_text("\n".join(words[i] for i in order) + "\n", encoding="utf-8")
