package interp_test

import (
	"errors"
	"go/token"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp"
	"github.com/plugreel/plugreel/sdk"
)

func TestNoticesOfWhatDiffers(t *testing.T) {
	for _, c := range []struct {
		name, reason, statements string
		imports                  []string
		want                     string // in the only notice; "" for none
		column                   int
	}{
		{"meta", "is the same in all forms", "e.Set(\"t\", meta.Now())\n\tmeta.Logger.Log(meta.Random())\n\treturn e, nil", nil, "", 0},
		{"clock", "meta.Now is the event's", "e.Set(\"t\", time.Now())\n\te.Set(\"u\", time.Since(time.Now()).String())\n\treturn e, nil", []string{"time"}, "meta.Now()", 17},
		{"sleep", "no event waits", "time.Sleep(1)\n\treturn e, nil", []string{"time"}, "waits when compiled in", 6},
		{"method of a name", "another Now", "var x sdk.Value\n\te.Set(\"n\", e.Now())\n\t_ = x\n\treturn e, nil", nil, "", 0},
		{"print", "standard output is where the events go", "fmt.Println(1)\n\treturn e, nil", []string{"fmt"}, "meta.Logger", 5},
		{"sprint", "goes nowhere", "e.Set(\"s\", fmt.Sprint(1))\n\treturn e, nil", []string{"fmt"}, "", 0},
		{"builtin", "goes to standard error", "println(1)\n\treturn e, nil", nil, "meta.Logger", 1},
		{"random", "the generator of the package has its own seed", "e.Set(\"r\", rand.IntN(5))\n\treturn e, nil", []string{"math/rand/v2"}, "meta.Random()", 17},
		{"generator", "a generator has the seed that it is given", "e.Set(\"r\", rand.New(rand.NewPCG(meta.Random(), 0)).IntN(5))\n\treturn e, nil", []string{"math/rand/v2"}, "", 0},
		{"map", "compiled Go shuffles", "for k := range map[string]int{\"a\": 1} {\n\t\te.Set(k, 1)\n\t}\n\treturn e, nil", nil, "slices.Sorted(maps.Keys(m))", 1},
		{"map to map", "one entry for each key, in any order", "m := map[string]int{\"a\": 1}\n\tn := map[string]int{}\n\tfor k, v := range m {\n\t\tn[k] = v * 2\n\t}\n\te.Set(\"n\", n)\n\treturn e, nil", nil, "", 0},
		{"map to map, inverted", "of two keys with one value the last wins", "n := map[int]string{}\n\tfor k, v := range map[string]int{\"a\": 1} {\n\t\tn[v] = k\n\t}\n\te.Set(\"n\", n[1])\n\treturn e, nil", nil, "slices.Sorted(maps.Keys(m))", 2},
		{"slice", "has an order", "for i := range []int{1} {\n\t\te.Set(\"i\", i)\n\t}\n\treturn e, nil", nil, "", 0},
		{"count", "an order that nobody sees", "for range map[string]int{\"a\": 1} {\n\t}\n\treturn e, nil", nil, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var found []sdk.Notice
			for _, n := range load(t, files("p.go", body(c.statements, c.imports...))).Info().Notices {
				if n.Code == interp.NoticeDiffers {
					found = append(found, n)
				}
			}
			if c.want == "" {
				assert.Empty(t, found, c.reason)
				return
			}
			require.Len(t, found, 1, c.reason)
			assert.Contains(t, found[0].Message, c.want)
			assert.Equal(t, c.column, found[0].Column)
		})
	}
}

// fakes are packages with empty types.
type fakes map[string]*types.Package

func (f fakes) Import(path string) (*types.Package, error) {
	if pkg := f[path]; pkg != nil {
		return pkg, nil
	}
	return nil, errors.New("no " + path)
}

func (f fakes) add(path, name string, typeNames ...string) {
	pkg := types.NewPackage(path, name)
	for _, n := range typeNames {
		o := types.NewTypeName(token.NoPos, pkg, n, nil)
		types.NewNamed(o, types.NewStruct(nil, nil), nil)
		pkg.Scope().Insert(o)
	}
	pkg.MarkComplete()
	f[path] = pkg
}

// TestDescribeWith describes a plugin that the interpreter cannot run.
func TestDescribeWith(t *testing.T) {
	fsys := files("p.go", `package p

import (
	"example.org/dep"
	"os/user"

	"github.com/plugreel/plugreel/sdk"
)

var who user.User

func ProcessEvent(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	who = dep.Somebody()
	return e, nil
}
`, "vendor/example.org/dep/dep.go", "package dep\n\nimport \"os/user\"\n\nfunc Somebody() user.User { return user.User{} }\n")
	_, err := interp.Describe(t.Context(), fsys, noManifest)
	require.ErrorIs(t, err, interp.ErrImport)
	require.ErrorContains(t, err, "p.go:5:2: import \"os/user\": a plugin may not import it")

	outside := fakes{}
	_, err = interp.DescribeWith(fsys, noManifest, outside)
	require.ErrorContains(t, err, "vendor/example.org/dep/dep.go:3:8: could not import os/user (no os/user)")
	outside.add("os/user", "user", "User")
	outside.add("github.com/plugreel/plugreel/sdk", "sdk", "PluginEvent", "PluginMeta")
	d, err := interp.DescribeWith(fsys, noManifest, outside)
	require.NoError(t, err)
	assert.Equal(t, []string{"ProcessEvent"}, d.Exports)
	assert.Equal(t, []string{"processEvent"}, d.Info.Hooks)
	assert.Equal(t, sdk.StateMemory, d.Info.State)
	require.Len(t, d.Variables, 1)
	assert.Equal(t, 13, d.Variables[0].Line)
	assert.Equal(t, []interp.Package{
		{Dir: "vendor/example.org/dep", Imports: map[string]string{}},
		{Dir: ".", Imports: map[string]string{"example.org/dep": "vendor/example.org/dep"}},
	}, d.Packages)
}
