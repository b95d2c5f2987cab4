package hosttypes_test

import (
	"go/importer"
	"go/token"
	"go/types"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp/internal/hosttypes"
	"github.com/plugreel/plugreel/interp/internal/symbols"
	"github.com/plugreel/plugreel/interp/internal/symbols/list"
)

// TestTypesAreThoseOfTheSource compares what reflection says with what the type checker reads in
// the source of some packages: functions, variables, constants, and the methods of types.
func TestTypesAreThoseOfTheSource(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the source of the standard library")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go toolchain")
	}
	u := hosttypes.New(symbols.Table)
	source := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for _, path := range []string{"strings", "net/url", "sort", "errors", "container/list", "unicode/utf8", "unicode", "math", "math/bits", "bufio", "encoding/csv"} {
		want, err := source.Import(path)
		require.NoError(t, err)
		got := u.Package(path)
		for _, name := range want.Scope().Names() {
			o := want.Scope().Lookup(name)
			if !o.Exported() || isGeneric(o) {
				continue
			}
			mine := got.Scope().Lookup(name)
			require.NotNil(t, mine, "%s.%s", path, name)
			compare(t, o, mine)
		}
	}
}

func isGeneric(o types.Object) bool {
	s, ok := o.Type().(*types.Signature)
	return ok && s.TypeParams().Len() > 0
}

func compare(t *testing.T, want, got types.Object) {
	t.Helper()
	if _, ok := want.(*types.TypeName); !ok {
		assert.Equal(t, plain(want.Type()), plain(got.Type()), want.Name())
		return
	}
	for _, recv := range []func(types.Type) types.Type{func(t types.Type) types.Type { return t }, func(t types.Type) types.Type { return types.NewPointer(t) }} {
		a, b := types.NewMethodSet(recv(want.Type())), types.NewMethodSet(recv(got.Type()))
		for i := range a.Len() {
			m := a.At(i).Obj()
			if !m.Exported() {
				continue
			}
			mine := b.Lookup(nil, m.Name())
			if assert.NotNil(t, mine, "%s.%s", want.Name(), m.Name()) {
				assert.Equal(t, plain(m.Type()), plain(mine.Obj().Type()), "%s.%s", want.Name(), m.Name())
			}
		}
	}
}

var otherNames = regexp.MustCompile(`\b(byte|rune|any)\b`)

// plain is a type's text with one name for types that have two.
func plain(t types.Type) string {
	return otherNames.ReplaceAllStringFunc(strings.Replace(text(t), "untyped rune", "untyped r", 1), func(s string) string {
		return map[string]string{"byte": "uint8", "rune": "int32", "any": "interface{}"}[s]
	})
}

// text is a type without the names of parameters and with iterators as functions, which is how
// reflection sees them.
func text(t types.Type) string {
	s, ok := t.(*types.Signature)
	if !ok {
		return types.TypeString(t, nil)
	}
	out := "func("
	for _, tuple := range []*types.Tuple{s.Params(), s.Results()} {
		for v := range tuple.Variables() {
			p := v.Type()
			if n, ok := p.(*types.Named); ok && n.TypeArgs().Len() > 0 {
				p = p.Underlying()
			}
			if inner, ok := p.(*types.Signature); ok {
				out += text(inner) + ","
				continue
			}
			out += types.TypeString(types.Unalias(p), nil) + ","
		}
		out += ")("
	}
	return out
}

func TestUnknownPackage(t *testing.T) {
	assert.Nil(t, hosttypes.New(symbols.Table).Package("os"))
}

func TestEveryPackageCanBeMade(t *testing.T) {
	u := hosttypes.New(symbols.Table)
	for _, p := range list.Packages {
		pkg := u.Package(p.Path)
		require.NotNil(t, pkg, p.Path)
		assert.True(t, pkg.Complete())
		assert.NotEmpty(t, pkg.Scope().Names())
	}
}
