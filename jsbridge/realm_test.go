package jsbridge_test

import (
	"testing"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/sdk"
)

func realm(t *testing.T, d jsbridge.Dialect, pairs ...string) (*jsbridge.Sources, *jsbridge.Realm) {
	t.Helper()
	meta, err := sdk.NewMeta(sdk.MetaConfig{})
	require.NoError(t, err)
	sources := jsbridge.NewSources(files(pairs...), d)
	return sources, sources.NewRealm(meta)
}

// called calls a module's function with an exports object and more arguments.
func called(t *testing.T, r *jsbridge.Realm, module goja.Value, more ...goja.Value) (*goja.Object, error) {
	t.Helper()
	f, ok := goja.AssertFunction(module)
	require.True(t, ok)
	exports, object := r.Runtime().NewObject(), r.Runtime().NewObject()
	require.NoError(t, object.Set("exports", exports))
	_, err := f(goja.Undefined(), append([]goja.Value{exports, goja.Undefined(), object}, more...)...)
	return exports, err
}

func TestModulesOfARealm(t *testing.T) {
	arranged := 0
	sources, r := realm(t, jsbridge.Dialect{Parameters: []string{"extra"}, Arrange: func(*ast.Program) { arranged++ }},
		"lib/a.ts", "exports.n = (extra as number) + 1", "lib/b.js", "exports.x = <p>1</p>", "c.json", `{"a": [1]}`, "d.js", "throw new TypeError('no')")

	module, err := r.Module("lib/a.ts")
	require.NoError(t, err)
	exports, err := called(t, r, module, r.Runtime().ToValue(41))
	require.NoError(t, err)
	assert.EqualValues(t, 42, exports.Get("n").Export(), "parameters follow exports, require and module")
	assert.Equal(t, 1, arranged)

	_, err = r.Module("lib/b.js")
	require.NoError(t, err, "JSX is known")
	value, err := r.Module("c.json")
	require.NoError(t, err)
	assert.Equal(t, `{"a":[1]}`, string(must(value.ToObject(r.Runtime()).MarshalJSON())))

	module, err = r.Module("d.js")
	require.NoError(t, err)
	_, err = called(t, r, module)
	var thrown *goja.Exception
	require.ErrorAs(t, err, &thrown)
	assert.Equal(t, "TypeError: no (d.js:1:7)", r.Explain(thrown.Value()).Error())
	assert.Equal(t, "text", r.Explain(r.Runtime().ToValue("text")).Message)
	assert.Equal(t, "throw new TypeError('no')", sources.Line("d.js", 1))

	var load *sdk.LoadError
	_, err = r.Module("none.js")
	require.ErrorAs(t, err, &load)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestResolutionInARealm(t *testing.T) {
	sources, r := realm(t, jsbridge.Dialect{}, "src/a.js", "", "src/a.ts", "", "src/b/index.tsx", "", "node_modules/p/package.json", `{"main":"m.js"}`, "node_modules/p/m.js", "")
	for spec, want := range map[string]string{"./a": "src/a.js", "./b": "src/b/index.tsx", "p": "node_modules/p/m.js"} {
		got, err := sources.Resolve("src/x.js", spec)
		require.NoError(t, err, spec)
		assert.Equal(t, want, got, "JavaScript comes before TypeScript, as in Jest")
	}
	_, err := sources.Resolve("src/x.js", "./none")
	require.Error(t, err)
	got, err := sources.File("src/b")
	require.NoError(t, err)
	assert.Equal(t, "src/b/index.tsx", got)

	assert.True(t, jsbridge.Provides("node:crypto"))
	assert.False(t, jsbridge.Provides("fs"))
	_, ok := r.Builtin("url")
	assert.True(t, ok)
	_, ok = r.Builtin("http")
	assert.False(t, ok)
}

func TestTimeInARealm(t *testing.T) {
	_, r := realm(t, jsbridge.Dialect{})
	_, err := r.Runtime().RunString(`
		var log = []
		const start = Date.now()
		setTimeout(() => log.push('late', Date.now() - start >= 5000), 5000)
		setTimeout(() => { throw new Error('early') }, 10)
		Promise.reject(new Error('nobody'))
		Promise.reject(new Error('somebody')).catch(() => {})
	`)
	require.NoError(t, err)
	unhandled := r.Unhandled()
	require.Len(t, unhandled, 1)
	assert.Equal(t, "nobody", r.Explain(unhandled[0]).Message)
	assert.Empty(t, r.Unhandled(), "they are forgotten")

	_, err = r.Fire()
	var thrown *goja.Exception
	require.ErrorAs(t, err, &thrown)
	ran, err := r.Fire()
	require.NoError(t, err)
	assert.True(t, ran)
	assert.Equal(t, []any{"late", true}, r.Runtime().Get("log").Export())
	ran, err = r.Fire()
	require.NoError(t, err)
	assert.False(t, ran)
}
