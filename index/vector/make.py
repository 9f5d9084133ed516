#!/usr/bin/env python3
"""Distils word vectors from a sentence model: words.txt (one word a line), vectors.i8 (64 signed bytes a word, in that order) and weights.u8 (a byte a word: 255 times 0.001 / (0.001 + its share in jieba's dictionary)).

usage: make.py MODEL_DIR CLAUSES.txt   MODEL_DIR with bge-small-zh-v1.5.onnx and its tokenizer; CLAUSES.txt: one clause a line
needs: pip install onnxruntime tokenizers numpy scipy scikit-learn jieba

CLAUSES.txt: the passages of the library's reports, cut at ，。；：、！？, those of 5 to 24 characters, each once, at most 45,000 at random.
The vocabulary is the 60,000 most frequent words of Han characters in jieba's dictionary (frequency at least 20) and every character in them.
Words and clauses are embedded; their common principal components (64) are the space. A word starts at its own embedding and is moved, by
regularised least squares, to where the weighted mean of the words of each clause comes closest to the clause's embedding.
"""
import re, sys
import jieba, numpy as np, onnxruntime as ort, scipy.sparse as sparse
from scipy.sparse.linalg import lsqr
from sklearn.decomposition import PCA
from tokenizers import Tokenizer

DIM, DAMP, RARE = 64, 0.3, 0.001
STOP = set("的 了 是 在 有 和 吗 呢 吧 啊 多少 什么 怎么 哪些 几 个 今年 去年 我 你 我们 要 会 能 请问 一下 想 知道 报告 提到 说".split())

folder, clause_file = sys.argv[1:3]
tokenizer = Tokenizer.from_file(f"{folder}/bge-small-zh-v1.5-tokenizer.json")
session = ort.InferenceSession(f"{folder}/bge-small-zh-v1.5.onnx", providers=["CPUExecutionProvider"])

def embed(texts):
    out = np.zeros((len(texts), 512), np.float32)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    for at in range(0, len(order), 256):
        batch = order[at:at + 256]
        ids = [tokenizer.encode(texts[i]).ids[:64] for i in batch]
        tokens, mask = (np.zeros((len(ids), max(map(len, ids))), np.int64) for _ in range(2))
        for i, x in enumerate(ids):
            tokens[i, :len(x)], mask[i, :len(x)] = x, 1
        v = session.run(None, {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)})[0][:, 0]
        out[batch] = v / np.linalg.norm(v, axis=1, keepdims=True)
    return out

jieba.initialize()
total = sum(jieba.dt.FREQ.values())
words = sorted((w for w, n in jieba.dt.FREQ.items() if n >= 20 and re.fullmatch(r"[\u4e00-\u9fff]+", w)), key=lambda w: (-jieba.dt.FREQ[w], w))[:60000]
words = sorted(set(words) | {c for w in words for c in w})
place = {w: i for i, w in enumerate(words)}
weight = lambda w: RARE / (RARE + jieba.dt.FREQ.get(w, 1) / total)

def cut(text):
    found = [x for w in jieba.cut(text, HMM=False) for x in ([w] if w in place else w)]
    return [w for w in found if w in place and w not in STOP]

clauses = [c for c in open(clause_file, encoding="utf-8").read().split("\n") if cut(c)]
w, c = embed(words), embed(clauses)
mean = np.concatenate([c, w]).mean(0)
space = PCA(DIM, random_state=0).fit(np.concatenate([c, w[::2]]) - mean)
w, c = space.transform(w - mean), space.transform(c - mean)
row, col, val = [], [], []
for i, text in enumerate(clauses):
    found = cut(text)
    share = sum(map(weight, found))
    for x in found:
        row.append(i), col.append(place[x]), val.append(weight(x) / share)
a = sparse.csr_matrix((val, (row, col)), shape=(len(clauses), len(words)))
rest = c - a @ w
v = np.stack([w[:, k] + lsqr(a, rest[:, k], damp=DAMP, iter_lim=40)[0] for k in range(DIM)], axis=1)
limit = np.quantile(np.abs(v), 0.9999)
np.clip(np.round(v / limit * 127), -127, 127).astype(np.int8).tofile("vectors.i8")
open("words.txt", "w", encoding="utf-8").write("\n".join(words) + "\n")
open("weights.u8", "wb").write(bytes(max(1, round(255 * weight(w))) for w in words))
print(len(words), "words,", len(clauses), "clauses, unit", limit / 127)
