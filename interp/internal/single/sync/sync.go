// Package sync has the types of package sync of the standard library for programs of one
// goroutine. What would wait for another goroutine is a deadlock, and what the runtime ends the
// process for is a panic.
package sync

import "errors"

var errDeadlock = errors.New("all goroutines are asleep: deadlock")

// Mutex is sync.Mutex.
type Mutex struct{ locked bool }

// Lock takes the lock, and panics if it is taken: nobody could release it.
func (m *Mutex) Lock() {
	if m.locked {
		panic(errDeadlock)
	}
	m.locked = true
}

// TryLock takes the lock if it is free.
func (m *Mutex) TryLock() bool {
	if m.locked {
		return false
	}
	m.locked = true
	return true
}

// Unlock releases the lock, and panics if it is free.
func (m *Mutex) Unlock() {
	if !m.locked {
		panic(errors.New("sync: unlock of unlocked mutex"))
	}
	m.locked = false
}

// RWMutex is sync.RWMutex.
type RWMutex struct {
	writing bool
	readers int
}

// Lock takes the lock, and panics if it is taken: nobody could release it.
func (m *RWMutex) Lock() {
	if m.writing || m.readers > 0 {
		panic(errDeadlock)
	}
	m.writing = true
}

// TryLock takes the lock if it is free.
func (m *RWMutex) TryLock() bool {
	if m.writing || m.readers > 0 {
		return false
	}
	m.writing = true
	return true
}

// Unlock releases the lock, and panics if it is free.
func (m *RWMutex) Unlock() {
	if !m.writing {
		panic(errors.New("sync: Unlock of unlocked RWMutex"))
	}
	m.writing = false
}

// RLock takes the lock for reading, and panics if it is taken for writing.
func (m *RWMutex) RLock() {
	if m.writing {
		panic(errDeadlock)
	}
	m.readers++
}

// TryRLock takes the lock for reading if it is not taken for writing.
func (m *RWMutex) TryRLock() bool {
	if m.writing {
		return false
	}
	m.readers++
	return true
}

// RUnlock undoes one RLock.
func (m *RWMutex) RUnlock() {
	if m.readers == 0 {
		panic(errors.New("sync: RUnlock of unlocked RWMutex"))
	}
	m.readers--
}

// WaitGroup is sync.WaitGroup.
type WaitGroup struct{ n int }

// Add changes the counter.
func (w *WaitGroup) Add(delta int) {
	w.n += delta
	if w.n < 0 {
		panic("sync: negative WaitGroup counter")
	}
}

// Done takes one off the counter.
func (w *WaitGroup) Done() { w.Add(-1) }

// Wait panics unless the counter is zero: nobody could bring it there.
func (w *WaitGroup) Wait() {
	if w.n > 0 {
		panic(errDeadlock)
	}
}

// Once is sync.Once.
type Once struct{ done bool }

// Do calls f the first time.
func (o *Once) Do(f func()) {
	if o.done {
		return
	}
	defer func() { o.done = true }()
	f()
}
