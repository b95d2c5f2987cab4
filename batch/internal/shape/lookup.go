package shape

import (
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// Lookup returns the member of a record at path, one name per level, in whatever shape the record
// is: names may be in upper case at the first level, and properties may be text that holds an
// object. Names that hold points may stand in pieces at the end of the path.
func Lookup(e *sdk.PluginEvent, path []string) sdk.Value {
	v := e.Get(path[0])
	if !v.Exists() {
		v = e.Get(strings.ToUpper(path[0]))
	}
	if len(path) == 1 {
		return v
	}
	if text, ok := v.Str(); ok {
		v, _ = sdk.ParseValue([]byte(text))
	}
	o, ok := v.Object()
	if !ok {
		return sdk.Value{}
	}
	if found := o.Get(path[1:]...); found.Exists() {
		return found
	}
	return o.Get(strings.Join(path[1:], "."))
}
