package ledger

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"os"

	"github.com/plugreel/plugreel/batch/internal/output"
)

// perm is the mode of the file: notes may tell what was in the data.
const perm = 0o600

// sumChars is how long a checksum is in the file.
const sumChars = 2 * crc32.Size

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Ledger is a file of notes. Calls must not overlap.
type Ledger struct {
	file output.File
	line []byte
}

// Note is a note that was read.
type Note struct {
	Text []byte // JSON
	End  int64  // where its line ends in the file
}

// Create makes an empty ledger. One that is there is emptied.
func Create(fsys output.FS, path string) (*Ledger, error) {
	file, err := fsys.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return nil, err
	}
	return &Ledger{file: file}, nil
}

// Open opens a ledger and reads its notes up to the first torn line. Before the next Append the
// caller says with Cut after which note that comes.
func Open(fsys output.FS, path string) (*Ledger, []Note, error) {
	file, err := fsys.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return &Ledger{file: file}, notes(text), nil
}

// notes reads the lines of a ledger.
func notes(text []byte) []Note {
	var list []Note
	end := int64(0)
	for {
		line, rest, whole := bytes.Cut(text, []byte{'\n'})
		note, ok := parse(line)
		if !whole || !ok {
			return list
		}
		end += int64(len(line)) + 1
		list = append(list, Note{Text: note, End: end})
		text = rest
	}
}

// parse returns the note of a line without its line feed.
func parse(line []byte) (note []byte, ok bool) {
	if len(line) <= sumChars || line[sumChars] != ' ' {
		return nil, false
	}
	note = line[sumChars+1:]
	return note, string(line[:sumChars]) == checksum(note)
}

func checksum(note []byte) string {
	sum := crc32.Checksum(note, castagnoli)
	return hex.EncodeToString([]byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
}

// Cut drops everything after end, which is where a note ends, or 0.
func (l *Ledger) Cut(end int64) error {
	if err := l.file.Truncate(end); err != nil {
		return err
	}
	_, err := l.file.Seek(end, io.SeekStart)
	return err
}

// Append writes a note and waits until it is on the disk. After an error the ledger may end in a
// torn line, and is not to be appended to.
func (l *Ledger) Append(note any) error {
	text, err := json.Marshal(note)
	if err != nil {
		return err
	}
	l.line = append(l.line[:0], checksum(text)...)
	l.line = append(l.line, ' ')
	l.line = append(l.line, text...)
	l.line = append(l.line, '\n')
	n, err := l.file.Write(l.line)
	if err == nil && n < len(l.line) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return err
	}
	return l.file.Sync()
}

// Close closes the file.
func (l *Ledger) Close() error { return l.file.Close() }
