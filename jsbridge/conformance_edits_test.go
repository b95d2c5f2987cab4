package jsbridge_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// editor is JavaScript that carries out a list of edits on an object, as a plugin would, and notes
// what it sees on the way. Registers hold what was read or made so far; register 0 is the event.
const editor = `
function edit(event, ops) {
	const registers = [event], seen = []
	const isObject = (v) => v !== null && typeof v === 'object'
	const reaches = (v, to) => v === to || isObject(v) && Object.keys(v).some((k) => reaches(v[k], to))
	for (const { op, at, key, to, value } of ops) {
		const o = registers[at % registers.length], other = registers[to % registers.length]
		if (!isObject(o)) continue
		const name = Array.isArray(o) ? String(key.length) : key
		switch (op) {
			case 'get': registers.push(o[name]); break
			case 'set': o[name] = isObject(value) ? JSON.parse(JSON.stringify(value)) : value; break
			case 'unset': o[name] = [undefined, NaN, () => 1, -0, new Date(0)][to % 5]; break
			case 'link': if (!reaches(other, o)) o[name] = other; break
			case 'delete': delete o[name]; break
			case 'spread': registers.push(Array.isArray(o) ? [...o] : { ...o }); break
			case 'with': registers.push({ ...o, [name]: value, last: o[name] }); break
			case 'copy': registers.push(Object.assign({}, o, isObject(other) ? { to } : undefined)); break
			case 'rest': { if (!Array.isArray(o)) { const { [name]: first, ...rest } = o; registers.push(first, rest) } break }
			case 'assign': if (isObject(other) && !Object.values(other).some((v) => reaches(v, o))) Object.assign(o, other); break
			case 'push': if (Array.isArray(o)) o.push(value); break
			case 'shift': if (Array.isArray(o)) registers.push(o.shift()); break
			case 'reverse': if (Array.isArray(o)) o.reverse(); break
			case 'keys': seen.push(Object.keys(o).join()); break
			case 'entries': for (const [k, v] of Object.entries(o)) seen.push(k + typeof v); break
			case 'json': seen.push(JSON.stringify(o)); break
			case 'has': seen.push([name in o, Object.hasOwn(o, name), o[name] === o[name], typeof o[name]].join()); break
		}
	}
	const last = registers.findLast((r) => isObject(r) && !Array.isArray(r) && typeof r.toJSON !== 'function')
	return { event, last, seen: seen.join(';') }
}
`

// TestEditsAreWhatPlainObjectsMake edits events at random, as they are and as plain objects, and
// compares with the same edits on what JSON.parse makes.
func TestEditsAreWhatPlainObjectsMake(t *testing.T) {
	start := func(more string) *plugin {
		return plug(outer{t}, editor+"let ops, which\nexport function processEvent(event) {\n"+more+`
			if (event.ops) { ({ ops, which } = JSON.parse(event.ops)); return event }
			const done = edit(event, ops)
			console.log(done.seen)
			return done[which]
		}`)
	}
	lazy, plain := start(""), start("Object.freeze;")
	vm := goja.New()
	script, err := vm.RunString(editor + "((text, ops) => { ops = JSON.parse(ops); const done = edit(JSON.parse(text), ops.ops); return JSON.stringify([done[ops.which], done.seen]) })")
	require.NoError(t, err)
	run, _ := goja.AssertFunction(script)
	rapid.Check(t, func(t *rapid.T) {
		event := "{" + strings.Join(rapid.SliceOfNDistinct(editedMember, 1, 5, memberName).Draw(t, "event"), ",") + "}"
		ops := edits(t)
		v, err := run(goja.Undefined(), vm.ToValue(event), vm.ToValue(ops))
		require.NoError(t, err)
		var want []any
		require.NoError(t, json.Unmarshal([]byte(v.String()), &want))
		for name, p := range map[string]*plugin{"lazy": lazy, "plain": plain} {
			p.must(`{"ops":` + toJSON(ops) + `}`)
			p.logs = nil
			got := p.must(event)
			require.Equal(t, want[0], jsonValue(got), "%s: what comes out", name)
			require.Equal(t, []string{"LOG " + want[1].(string)}, p.logs, "%s: what was seen", name)
		}
	})
}

// edits draws a program for the editor.
func edits(t *rapid.T) string {
	var ops []string
	for range rapid.IntRange(1, 30).Draw(t, "edits") {
		ops = append(ops, fmt.Sprintf(`{"op":%q,"at":%d,"key":%q,"to":%d,"value":%s}`,
			rapid.SampledFrom([]string{"get", "get", "get", "set", "set", "unset", "link", "delete", "spread", "with", "copy", "rest", "assign", "push", "shift", "reverse", "keys", "entries", "json", "has"}).Draw(t, "op"),
			rapid.IntRange(0, 9).Draw(t, "at"), rapid.SampledFrom(editedNames).Draw(t, "key"),
			rapid.IntRange(0, 9).Draw(t, "to"), rapid.SampledFrom([]string{"1", `"x"`, "null", "true", `{"a":1}`, "[1,[2]]", "{}"}).Draw(t, "value")))
	}
	return fmt.Sprintf(`{"which":%q,"ops":[%s]}`, rapid.SampledFrom([]string{"event", "event", "last"}).Draw(t, "which"), strings.Join(ops, ","))
}

var (
	editedNames  = []string{"properties", "a", "b", "list", "$set", "10", "2"}
	editedMember = rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprintf("%q:%s", rapid.SampledFrom(editedNames).Draw(t, "name"), rapid.SampledFrom([]string{
			`{"a":1.0,"b":{"a":[1,2],"b":"x"},"list":[{"a":1},2]}`, `{"a":{"a":{"a":1}}}`, `[1,{"a":[]},"s"]`, "{}", "[]", "1.50", `"text"`, "null", "12345678901234567890", `{"10":1,"2":2,"a":3}`,
		}).Draw(t, "value"))
	})
)

// memberName is a member's name with its quotes.
func memberName(member string) string { return member[:strings.IndexByte(member, ':')] }
