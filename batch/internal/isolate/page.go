package isolate

import (
	"bytes"
	"sync/atomic"
	"unsafe"
)

const (
	headSize = 4096
	deskSize = 2 << 20 // room for most chunks

	// PageSize is the size of a page, with room in the journal for all that a chunk usually makes.
	PageSize = headSize + deskSize + 4<<20
)

// Page is memory that two processes share. The parent writes to the desk, the child to the rest.
// Methods never block. The parent believes nothing of what it reads, but reads each number once.
type Page struct {
	head    *head
	desk    []byte
	journal []byte
}

type head struct {
	call   atomic.Uint64
	length atomic.Uint64 // of the journal
	reason atomic.Uint64
}

// newPage uses memory of PageSize that is aligned to 8 bytes.
func newPage(memory []byte) *Page {
	return &Page{
		head:    (*head)(unsafe.Pointer(&memory[0])),
		desk:    memory[headSize : headSize+deskSize],
		journal: memory[headSize+deskSize:],
	}
}

// Put lays work on the desk, for the child to find when it is told so. It says false if there is
// no room.
func (p *Page) Put(work []byte) bool { return copy(p.desk, work) == len(work) }

// Work copies size bytes off the desk.
func (p *Page) Work(size int) []byte { return bytes.Clone(p.desk[:min(size, len(p.desk))]) }

// Call names a hook call by the numbers of its plugin and its hook.
type Call struct {
	Plugin, Hook int
	Made         bool // false between calls: plugin and hook mean nothing
}

// A call word holds, from the top: a serial number (32 bits), the hook (15), the plugin (16),
// and whether there is a call (1).
const serial = 1 << 32

// Enter says that a hook call begins. It costs two memory accesses.
func (p *Page) Enter(plugin, hook int) {
	at := p.head.call.Load()&^(serial-1) + serial
	p.head.call.Store(at | uint64(hook&0x7fff)<<17 | uint64(plugin&0xffff)<<1 | 1)
}

// Begin says that another piece of work begins, in which there was no call yet.
func (p *Page) Begin() { p.head.call.Store(p.head.call.Load()&^(serial-1) + serial) }

// Word returns what the child is doing as a number that changes with every Enter and Begin.
func (p *Page) Word() uint64 { return p.head.call.Load() }

// Call returns the last call since the last Begin.
func (p *Page) Call() Call {
	w := p.head.call.Load()
	return Call{Plugin: int(w >> 1 & 0xffff), Hook: int(w >> 17 & 0x7fff), Made: w&1 == 1}
}

// Room is where the next entry of the journal belongs: an empty slice to append to.
func (p *Page) Room() []byte {
	n := p.head.length.Load()
	return p.journal[n:n]
}

// Commit makes what was appended to Room an entry, at once and whole. It says false if there was
// no room for it.
func (p *Page) Commit(entry []byte) bool {
	room := p.Room()
	if cap(room) == 0 || unsafe.SliceData(entry) != unsafe.SliceData(room) {
		return false
	}
	p.head.length.Add(uint64(len(entry)))
	return true
}

// Journal returns the entries since the last Clear. They alias the page.
func (p *Page) Journal() []byte {
	n := min(p.head.length.Load(), uint64(len(p.journal)))
	return p.journal[:n:n]
}

// Clear empties the journal. The child must be waiting for it, or dead.
func (p *Page) Clear() { p.head.length.Store(0) }

// SetReason says why the child is about to end.
func (p *Page) SetReason(r uint64) { p.head.reason.Store(r) }

// Reason returns what SetReason said, else 0.
func (p *Page) Reason() uint64 { return p.head.reason.Load() }
