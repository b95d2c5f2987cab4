package testkit

import (
	"fmt"
	"regexp"

	"github.com/plugreel/plugreel/sdk"
)

// diff lists how got differs from want, a line for each member or element: "-path: value" for what
// is wanted, "+path: value" for what there is. It is nil if the two mean the same to a program that
// reads JSON: the order of members and the spelling of numbers and strings do not count, numbers
// are equal as float64, and of members with the same name the last counts.
func diff(want, got sdk.Value) []string {
	d := differ{}
	d.value("", want, got)
	return d.lines
}

// subsetDiff is diff for the members that want names: got may have others. A null wants that
// there is no such member, or null.
func subsetDiff(want, got sdk.Value) []string {
	d := differ{subset: true}
	d.value("", want, got)
	return d.lines
}

type differ struct {
	subset bool
	deep   bool // an object in the place of nothing, or of null, differs by its members
	lines  []string
	paths  []string // of the lines
}

func (d *differ) value(path string, want, got sdk.Value) {
	if d.deep && got.Kind() == sdk.KindObject && want.Kind() <= sdk.KindNull {
		want = sdk.NewObject().Get()
	}
	wantObject, isObject := want.Object()
	gotObject, areObjects := got.Object()
	wantArray, isArray := want.Array()
	gotArray, areArrays := got.Array()
	switch {
	case isObject && areObjects:
		d.object(path, wantObject, gotObject)
	case isArray && areArrays:
		d.array(path, wantArray, gotArray)
	case d.subset && want.IsNull() && !got.Exists():
	case !sameScalar(want, got):
		d.line('-', path, want)
		d.line('+', path, got)
	}
}

// object follows the order of want; what only got has comes last.
func (d *differ) object(path string, want, got *sdk.Object) {
	for _, key := range want.Keys() {
		d.value(memberPath(path, key), want.Get(key), got.Get(key))
	}
	if d.subset {
		return
	}
	for _, key := range got.Keys() {
		if !want.Has(key) {
			d.value(memberPath(path, key), sdk.Value{}, got.Get(key))
		}
	}
}

// array compares the elements that stand at the same place.
func (d *differ) array(path string, want, got *sdk.Array) {
	for i := range max(want.Len(), got.Len()) {
		d.value(fmt.Sprintf("%s[%d]", path, i), want.At(i), got.At(i))
	}
}

// line adds a line unless there is no value.
func (d *differ) line(sign rune, path string, v sdk.Value) {
	if v.Exists() {
		d.lines = append(d.lines, fmt.Sprintf("%c%s: %s", sign, path, v))
		d.paths = append(d.paths, path)
	}
}

func sameScalar(a, b sdk.Value) bool {
	if a.Kind() != b.Kind() {
		return false
	}
	switch a.Kind() {
	case sdk.KindNumber:
		return a.FloatOr(0) == b.FloatOr(0)
	case sdk.KindString:
		return a.StrOr("") == b.StrOr("")
	case sdk.KindBool:
		return a.BoolOr(false) == b.BoolOr(false)
	}
	return a.Kind() <= sdk.KindNull // an array or object is none
}

var plainName = regexp.MustCompile(`^[\pL_$][\pL\pN_$]*$`)

// memberPath is the path of a member of the object at path: path.name, or path["any name"].
func memberPath(path, key string) string {
	switch {
	case !plainName.MatchString(key):
		return fmt.Sprintf("%s[%s]", path, sdk.AppendString(nil, key))
	case path == "":
		return key
	}
	return path + "." + key
}
