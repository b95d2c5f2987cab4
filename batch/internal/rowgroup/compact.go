package rowgroup

import (
	"encoding/binary"
	"errors"
)

const (
	// maxDepth is how deep structs, lists and groups may nest, in the metadata and in the schema.
	maxDepth = 32
	// maxStructs is how many structs a footer may hold. Each costs some hundred bytes when it is
	// decoded, and a byte at least where it stands.
	maxStructs = 1 << 20
)

var (
	errShort     = errors.New("metadata ends in the middle")
	errMalformed = errors.New("malformed metadata")
)

// measure returns the length of the struct of Thrift's compact protocol that b begins with. It
// finds out, without decoding anything, that lists are as long as they claim and that nothing
// nests without end: the decoder believes both, and allocates. Errors: errShort if b ends before
// the struct does, errMalformed.
// Source: Thrift compact protocol encoding.
func measure(b []byte) (int, error) {
	w := walker{rest: b}
	w.structure(0)
	return len(b) - len(w.rest), w.err
}

// walker steps over the values of the compact protocol.
type walker struct {
	rest    []byte
	structs int
	err     error // the first; nothing is read after it
}

// Types of the compact protocol.
const (
	typeStop   = 0
	typeTrue   = 1
	typeFalse  = 2
	typeByte   = 3
	typeI16    = 4
	typeI32    = 5
	typeI64    = 6
	typeDouble = 7
	typeBinary = 8
	typeList   = 9
	typeSet    = 10
	typeMap    = 11
	typeStruct = 12
	typeUUID   = 13
)

func (w *walker) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *walker) skip(n uint64) {
	if n > uint64(len(w.rest)) {
		w.fail(errShort)
		return
	}
	w.rest = w.rest[n:]
}

func (w *walker) byte() byte {
	if len(w.rest) == 0 {
		w.fail(errShort)
		return typeStop
	}
	b := w.rest[0]
	w.rest = w.rest[1:]
	return b
}

func (w *walker) varint() uint64 {
	v, n := binary.Uvarint(w.rest)
	if n <= 0 {
		w.fail(errShort)
		return 0
	}
	w.rest = w.rest[n:]
	return v
}

func (w *walker) structure(depth int) {
	w.structs++
	if depth > maxDepth || w.structs > maxStructs {
		w.fail(errMalformed)
	}
	for w.err == nil {
		header := w.byte()
		if header == typeStop {
			return
		}
		if header>>4 == 0 {
			w.varint() // the number of the field, where it is not the difference to the one before
		}
		if t := header & 15; t != typeTrue && t != typeFalse {
			w.value(t, depth+1)
		}
	}
}

// value steps over a value that stands by itself. Booleans do only in lists.
func (w *walker) value(t byte, depth int) {
	switch t {
	case typeTrue, typeFalse, typeByte:
		w.skip(1)
	case typeI16, typeI32, typeI64:
		w.varint()
	case typeDouble:
		w.skip(8)
	case typeUUID:
		w.skip(16)
	case typeBinary:
		w.skip(w.varint())
	case typeList, typeSet:
		w.list(depth)
	case typeMap:
		w.pairs(depth)
	case typeStruct:
		w.structure(depth)
	default:
		w.fail(errMalformed)
	}
}

func (w *walker) list(depth int) {
	header := w.byte()
	size := uint64(header >> 4)
	if size == 15 {
		size = w.varint()
	}
	w.items(size, depth, header&15)
}

func (w *walker) pairs(depth int) {
	size := w.varint()
	if size == 0 {
		return
	}
	types := w.byte()
	w.items(size, depth, types>>4, types&15)
}

// items steps over size items, each of which has a value of every type.
func (w *walker) items(size uint64, depth int, types ...byte) {
	if size > uint64(len(w.rest)) {
		w.fail(errShort)
	}
	if depth > maxDepth {
		w.fail(errMalformed)
	}
	for ; size > 0 && w.err == nil; size-- {
		for _, t := range types {
			w.value(t, depth+1)
		}
	}
}
