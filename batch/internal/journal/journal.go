// Package journal remembers which webhooks have arrived, so that none of them is sent again after
// a crash.
//
// The front door is [Open], with [Journal.Delivered] and [Journal.Record].
//
// # Format
//
// A line for each webhook that has arrived: its key, the status of the answer, the number of
// attempts, and the CRC-32C of all before it.
//
//	9f86d081884c7d659a2feaa0c55ad015 200 1 8a0d5d2d
//
// # Design notes
//
// A line is written with one call and at once. So what a process has recorded survives its death;
// a crash of the machine may take the latest lines with it, and the webhooks of those are sent
// again. An fsync for each would cost more than most requests.
//
// A line that does not match its checksum says nothing: its webhook is sent again, with the same
// key. The tail without a line feed is cut off, as the next line must not become part of it.
//
// What is recorded is not kept in memory, because nobody asks for it in the same run; only what
// was there when the journal was opened is.
package journal

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
	"strings"
	"sync"
)

// File is where a journal is kept; *os.File is one.
type File interface {
	io.ReadWriteSeeker
	io.Closer
	Truncate(size int64) error
}

// Entry says how a webhook arrived.
type Entry struct {
	Status   int // of the answer
	Attempts int // that it took
}

// Journal is an open journal. Its methods may be called from several goroutines.
type Journal struct {
	known map[string]Entry

	mu   sync.Mutex
	file File
}

// Open reads a journal and makes it ready for more. The file, which may be empty, belongs to the
// Journal; after an error it is still the caller's.
func Open(f File) (*Journal, error) {
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	known, size := parse(text)
	if size < len(text) {
		if err := f.Truncate(int64(size)); err != nil {
			return nil, err
		}
	}
	if _, err := f.Seek(int64(size), io.SeekStart); err != nil {
		return nil, err
	}
	return &Journal{known: known, file: f}, nil
}

// Delivered returns what was known of a webhook when the journal was opened.
func (j *Journal) Delivered(key string) (Entry, bool) {
	e, ok := j.known[key]
	return e, ok
}

// Record notes that a webhook has arrived. When it returns nil, that is known after the death of
// this process. A key has no spaces.
func (j *Journal) Record(key string, e Entry) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, err := j.file.Write(line(key, e))
	return err
}

// Close closes the file.
func (j *Journal) Close() error { return j.file.Close() }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func line(key string, e Entry) []byte {
	text := fmt.Appendf(nil, "%s %d %d ", key, e.Status, e.Attempts)
	return fmt.Appendf(text, "%08x\n", crc32.Checksum(text, castagnoli))
}

// parse reads whole lines, and returns where the last of them ends.
func parse(text []byte) (known map[string]Entry, size int) {
	known = map[string]Entry{}
	for {
		end := bytes.IndexByte(text[size:], '\n')
		if end < 0 {
			return known, size
		}
		if key, e, ok := parseLine(string(text[size : size+end])); ok {
			known[key] = e
		}
		size += end + 1
	}
}

func parseLine(text string) (key string, e Entry, ok bool) {
	fields := strings.Split(text, " ")
	if len(fields) != 4 {
		return "", e, false
	}
	var errs [2]error
	e.Status, errs[0] = strconv.Atoi(fields[1])
	e.Attempts, errs[1] = strconv.Atoi(fields[2])
	return fields[0], e, errs == [2]error{} && string(line(fields[0], e)) == text+"\n"
}
