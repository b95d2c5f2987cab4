package scaffold_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch"
	"github.com/plugreel/plugreel/batch/cmd/internal/scaffold"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
	"github.com/plugreel/plugreel/testkit"
)

// declared reads plugreel.d.ts: the members of each interface, and the names of global values.
func declared(t *testing.T) (interfaces map[string][]string, globals []string) {
	files, err := scaffold.New(scaffold.Plugin{Name: "a", Lang: "ts", Hook: "processEvent"})
	require.NoError(t, err)
	i := slices.IndexFunc(files, func(f scaffold.File) bool { return f.Name == "plugreel.d.ts" })
	text, _, _ := strings.Cut(string(files[i].Text), "// The same under the names")
	interfaces = map[string][]string{}
	for _, m := range regexp.MustCompile(`(?ms)^interface (\w+)[^{\n]*\{\n(.*?)^\}`).FindAllStringSubmatch(text, -1) {
		for _, member := range regexp.MustCompile(`(?m)^    (\w+)\??[:(]`).FindAllStringSubmatch(m[2], -1) {
			interfaces[m[1]] = append(interfaces[m[1]], member[1])
		}
		slices.Sort(interfaces[m[1]])
	}
	for _, m := range regexp.MustCompile(`(?m)^declare (?:const|function|class) (\w+)`).FindAllStringSubmatch(text, -1) {
		globals = append(globals, m[1])
	}
	slices.Sort(globals)
	return interfaces, globals
}

// witness is a plugin that says what it finds.
const witness = `
const names = (o) => Object.getOwnPropertyNames(o).sort()
export const metrics = { m: 'sum', x: 'max', n: 'min' }
export function processEvent(event, meta) {
  return { event: 'found', interfaces: {
    PluginMeta: names(meta), CacheExtension: names(meta.cache), StorageExtension: names(meta.storage),
    UtilsExtension: names(meta.utils), CursorUtils: names(meta.utils.cursor), GeoIPExtension: names(meta.geoip),
    JobControls: names(meta.jobs.any()), PluginAttachment: names(meta.attachments.file),
    Console: names(console), PostHog: names(posthog), PostHogAPI: names(posthog.api),
  }, globals: names(globalThis), require: typeof require,
  metrics: [meta.metrics.m, meta.metrics.x, meta.metrics.n].flatMap(names).sort() }
}`

// language are the globals that every ECMAScript has, and the names that are left undeclared on
// purpose.
var language = strings.Fields(`AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error
	EvalError FinalizationRegistry Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array Intl JSON Map Math
	NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError
	Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI
	encodeURIComponent escape eval globalThis isFinite isNaN parseFloat parseInt undefined unescape GoError`)

// Every member that plugreel.d.ts declares is there, and every member that is there is declared.
func TestTypesAreWhatIsThere(t *testing.T) {
	p, err := plugins.OpenFS("witness", fstest.MapFS{"index.js": {Data: []byte(witness)}})
	require.NoError(t, err)
	chain := batch.Chain{{Program: p.Program, Attachments: map[string]sdk.Attachment{"file": {Contents: []byte("x")}}}}
	results := testkit.Replay(t, chain, batch.Records(`{"event":"x"}`)).Results
	var found struct {
		Interfaces map[string][]string
		Globals    []string
		Metrics    []string
		Require    string
	}
	require.NoError(t, json.Unmarshal(results[0].Out.Raw(), &found))

	interfaces, globals := declared(t)
	for name, members := range found.Interfaces {
		assert.Equal(t, members, interfaces[name], "interface %s", name)
	}
	assert.Equal(t, []string{"increment", "max", "min"}, found.Metrics)
	assert.Equal(t, "function", found.Require)
	there := slices.DeleteFunc(found.Globals, func(name string) bool {
		return slices.Contains(language, name) || strings.HasPrefix(name, "%") // which no source can spell
	})
	assert.Equal(t, append(there, "require"), append(slices.DeleteFunc(globals, func(name string) bool { return name == "require" }), "require"))
}
