package manifest

import (
	"regexp"
	"slices"
	"strings"
)

// SetupError reports that a plugin did not load or set up with its config. Its text has no
// secret; that of Err may.
type SetupError struct {
	Plugin string
	// Keys are the keys that Err names, or else all that the plugin got: config first.
	Keys []string
	// Err is the cause, for errors.Is and errors.As. It is not redacted: print the SetupError.
	Err error

	message string
}

// SetupError returns err as a *[SetupError] that names the keys involved and shows no secret;
// nil if err is nil.
func (r *Resolved) SetupError(plugin string, err error) error {
	if err == nil {
		return nil
	}
	return &SetupError{
		Plugin:  plugin,
		Keys:    r.involved(err.Error()),
		Err:     err,
		message: NewRedactor(r.Secrets...).Redact(err.Error()),
	}
}

// Error returns one line: plugin, cause and the config keys involved.
func (e *SetupError) Error() string {
	text := e.message
	if e.Plugin != "" && !strings.HasPrefix(text, e.Plugin+": ") {
		text = e.Plugin + ": " + text
	}
	if len(e.Keys) == 0 {
		return text
	}
	return text + "; config keys involved: " + strings.Join(e.Keys, ", ")
}

// Unwrap returns the cause.
func (e *SetupError) Unwrap() error { return e.Err }

var identifier = regexp.MustCompile(`[\pL\pN_$]+`)

// involved returns the keys that a message names as whole words, or else all of them.
func (r *Resolved) involved(message string) []string {
	all := append(r.configKeys(), attachmentKeys(r.Attachments)...)
	words := identifier.FindAllString(message, -1)
	named := slices.DeleteFunc(slices.Clone(all), func(key string) bool {
		if identifier.FindString(key) == key {
			return !slices.Contains(words, key)
		}
		return !strings.Contains(message, key)
	})
	if len(named) > 0 {
		return named
	}
	return all
}
