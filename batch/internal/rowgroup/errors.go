package rowgroup

import (
	"errors"
	"fmt"
)

// Damage says that a file, or a part of it, does not hold what it should.
type Damage struct {
	Group  int    // number of the row group, 1-based; 0 is the file as a whole
	Column string // path of the column, with dots; "" if no single one is to blame
	Err    error  // cause, never nil
}

// Error is "row group 3, column properties: cause".
func (d *Damage) Error() string {
	switch {
	case d.Group == 0:
		return d.Err.Error()
	case d.Column == "":
		return fmt.Sprintf("row group %d: %v", d.Group, d.Err)
	}
	return fmt.Sprintf("row group %d, column %s: %v", d.Group, d.Column, d.Err)
}

// Unwrap returns the cause.
func (d *Damage) Unwrap() error { return d.Err }

// Causes of a [Damage], found with errors.Is.
var (
	// ErrTruncated says that the end of the file, where its metadata stands, is missing.
	ErrTruncated = errors.New("the file has no footer: it was cut off, or its writer did not finish")
	// ErrChecksum says that a checksum in the file does not match the data.
	ErrChecksum = errors.New("checksum does not match")
	// ErrEncrypted says that columns are encrypted.
	ErrEncrypted = errors.New("encrypted columns cannot be read")
)

// readError is an error of the system that the file is read from, which is no damage.
type readError struct{ err error }

func (e *readError) Error() string { return e.err.Error() }
func (e *readError) Unwrap() error { return e.err }

// panicked makes an error of what a library panicked with.
func panicked(v any) error {
	if err, ok := v.(error); ok {
		return fmt.Errorf("inconsistent data: %w", err)
	}
	return fmt.Errorf("inconsistent data: %v", v)
}
