// Package sync is the part of package sync of the standard library that takes functions.
package sync

func OnceFunc(f func()) func() {
	done := false
	return func() {
		if !done {
			done = true
			f()
		}
	}
}

func OnceValue[T any](f func() T) func() T {
	done := false
	var result T
	return func() T {
		if !done {
			done = true
			result = f()
		}
		return result
	}
}

func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	done := false
	var r1 T1
	var r2 T2
	return func() (T1, T2) {
		if !done {
			done = true
			r1, r2 = f()
		}
		return r1, r2
	}
}
