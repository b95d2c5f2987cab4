package batch

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/batch/internal/isolate"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// farError is an error of another process: what it said, and what is needed of it here.
type farError struct {
	text, stack string
	is          error // what errors.Is finds, nil for nothing
}

func (e *farError) Error() string { return e.text }

// Stack returns the stack in the plugin's source, "" if there is none.
func (e *farError) Stack() string { return e.stack }

func (e *farError) Unwrap() error { return e.is }

// recognized are the errors that somebody asks for.
var recognized = []error{nil, sdk.ErrTimeout, sdk.ErrNotInteger, sdk.ErrWrongType, sdk.ErrTeamChanged, ErrMemory}

// Kinds of errors that cross.
const (
	noError    = iota
	textError  // a text
	stopError  // of a hook, with the policy Stop
	setupError // of a plugin that cannot be set up
	errorKinds // how many there are
)

// appendError appends an error, nil included.
func appendError(dst []byte, err error) []byte {
	var setup *manifest.SetupError
	var failed *sdk.PluginError
	switch {
	case err == nil:
		return isolate.AppendInt(dst, noError)
	case errors.As(err, &setup):
		dst = isolate.AppendInt(dst, setupError)
		dst = isolate.AppendBytes(dst, setup.Plugin)
		return appendCause(dst, setup.Err)
	case errors.Is(err, ErrStopped) && errors.As(err, &failed):
		place, _, _ := strings.Cut(err.Error(), ": "+ErrStopped.Error())
		dst = isolate.AppendInt(dst, stopError)
		dst = isolate.AppendBytes(dst, place)
		return appendCause(dst, failed)
	}
	dst = isolate.AppendInt(dst, textError)
	return appendText(dst, err)
}

// appendCause appends the error of a hook with the names in it, or one without names.
func appendCause(dst []byte, err error) []byte {
	failed, named := err.(*sdk.PluginError)
	dst = isolate.AppendBool(dst, named)
	if named {
		dst = isolate.AppendBytes(dst, failed.Plugin)
		dst = isolate.AppendBytes(dst, failed.Hook)
		dst = isolate.AppendBytes(dst, failed.UUID)
		err = failed.Err
	}
	return appendText(dst, err)
}

func appendText(dst []byte, err error) []byte {
	dst = isolate.AppendBytes(dst, err.Error())
	dst = isolate.AppendBytes(dst, (&sdk.PluginError{Err: err}).Stack())
	is := slices.IndexFunc(recognized, func(known error) bool { return known != nil && errors.Is(err, known) })
	return isolate.AppendInt(dst, int64(max(is, 0)))
}

// readError reads what appendError wrote.
func (r *run) readError(d *isolate.Decoder) error {
	switch d.Below(errorKinds) {
	case textError:
		return readText(d)
	case stopError:
		place := d.Text()
		return fmt.Errorf("%s: %w: %w", place, ErrStopped, readCause(d))
	case setupError:
		name := d.Text()
		cause := readCause(d)
		for i := range r.chain {
			if r.chain[i].Name == name {
				return r.chain[i].setupError(cause)
			}
		}
		d.Fail()
	}
	return d.Err()
}

func readCause(d *isolate.Decoder) error {
	if !d.Bool() {
		return readText(d)
	}
	return &sdk.PluginError{Plugin: d.Text(), Hook: d.Text(), UUID: d.Text(), Err: readText(d)}
}

func readText(d *isolate.Decoder) error {
	return &farError{text: d.Text(), stack: d.Text(), is: recognized[d.Below(len(recognized))]}
}
