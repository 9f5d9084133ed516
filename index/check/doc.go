// Package check decides what an answer is worth. Each slot that the question
// names is looked for in the evidence, the passage that answers and its
// headings: all there, it answers; the subject is in the report but a slot is
// missing, and the answer says which and quotes what is nearest; nothing near,
// it is not found.
package check
