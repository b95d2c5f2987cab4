// Package atomic is the generic part of package sync/atomic of the standard library. There is one
// goroutine, so that nothing is needed to make it atomic.
package atomic

type Pointer[T any] struct{ p *T }

func (x *Pointer[T]) Load() *T     { return x.p }
func (x *Pointer[T]) Store(val *T) { x.p = val }

func (x *Pointer[T]) Swap(val *T) (old *T) {
	old = x.p
	x.p = val
	return old
}

func (x *Pointer[T]) CompareAndSwap(old, val *T) (swapped bool) {
	if x.p != old {
		return false
	}
	x.p = val
	return true
}
