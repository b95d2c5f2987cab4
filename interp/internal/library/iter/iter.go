// Package iter is package iter of the standard library, for the interpreter. Pull is missing: it
// needs a second goroutine.
package iter

type Seq[V any] func(yield func(V) bool)

type Seq2[K, V any] func(yield func(K, V) bool)
