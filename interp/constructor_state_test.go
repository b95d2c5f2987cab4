package interp_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

// A plugin with a constructor remembers something if a hook other than SetupPlugin changes what
// lives as long as the instance.
func TestStateOfConstructors(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		decls        string // beside type plugin
		event        string // statements of processEvent
		want         sdk.State
		says         string // of the first notice
	}{
		{"reads", "set once, read for ever", "", "e.Set(\"name\", p.name); e.Set(\"n\", p.table[\"a\"]); for _, r := range p.rules { e.Set(r.key, r.tags[\"x\"]) }", sdk.StateNone, ""},
		{"counts", "a field lives on", "", "p.n++", sdk.StateMemory, "p.n lives as long as the instance"},
		{"assigns", "", "", "p.name = e.Event()", sdk.StateMemory, "p.name lives"},
		{"map entry", "the map is the instance's", "", "p.table[e.Event()] = 1", sdk.StateMemory, "p.table[e.Event()] lives"},
		{"delete", "", "", "delete(p.table, e.Event())", sdk.StateMemory, "p.table lives"},
		{"clear", "", "", "clear(p.table)", sdk.StateMemory, "p.table lives"},
		{"alias of a map", "another name, the same map", "", "m := p.table\n\tm[\"a\"] = 1", sdk.StateMemory, "p.table lives"},
		{"map handed to a function", "which may write it", "func put(m map[string]int) { m[\"a\"] = 1 }", "put(p.table)", sdk.StateMemory, "p.table lives"},
		{"map returned by a method", "whoever has it can write it", "func (p *plugin) t() map[string]int { return p.table }", "p.t()[\"a\"] = 1", sdk.StateMemory, "p.table lives"},
		{"map in a new struct", "", "type box struct{ m map[string]int }", "b := box{m: p.table}\n\tb.m[\"a\"] = 1", sdk.StateMemory, "p.table lives"},
		{"map of a copied element", "the copy shares it", "", "r := p.rules[0]\n\tr.tags[\"a\"] = 1", sdk.StateMemory, "r.tags[\"a\"] lives"},
		{"ranged maps", "", "", "for _, m := range p.maps {\n\t\tm[\"a\"] = 1\n\t}", sdk.StateMemory, "p.maps lives"},
		{"field of a copied element", "the copy is the event's", "", "r := p.rules[0]\n\tr.key = \"x\"\n\te.Set(r.key, 1)", sdk.StateNone, ""},
		{"element of a slice", "", "", "p.rules[0].key = \"x\"", sdk.StateMemory, "p.rules[0].key lives"},
		{"element of a slice by another name", "the elements are the same", "", "list := p.rules\n\tlist[0].key = \"x\"", sdk.StateMemory, "list[0].key lives"},
		{"slice by another name, read", "that is what loops do", "", "list := p.rules\n\te.Set(\"n\", len(list))", sdk.StateNone, ""},
		{"copied into", "", "", "copy(p.rules, []rule{{}})", sdk.StateMemory, "p.rules lives"},
		{"appended behind a part", "the elements behind it are overwritten", "", "e.Set(\"n\", len(append(p.rules[:0], rule{})))", sdk.StateMemory, "p.rules[:0] lives"},
		{"appended to", "what others see stays", "", "e.Set(\"n\", len(append(p.rules, rule{})))", sdk.StateNone, ""},
		{"sorted", "in place", "", "sort.Slice(p.rules, func(i, j int) bool { return p.rules[i].key < p.rules[j].key })", sdk.StateMemory, "p.rules lives"},
		{"through an element's pointer", "found where it is written", "func (r *rule) hit() { r.hits++ }", "p.rules[0].hit()", sdk.StateMemory, "r.hits lives"},
		{"method of an element that reads", "a pointer receiver alone does not write", "func (r *rule) name() string { return r.key }", "e.Set(p.rules[0].name(), 1)", sdk.StateNone, ""},
		{"fresh value of a kept type", "it is the event's own", "func (r *rule) hit() int { return r.hits }", "r := &rule{}\n\tr.hits++\n\tvar s rule\n\ts.tags = map[string]int{}\n\ts.tags[\"a\"]++\n\te.Set(\"n\", r.hit())", sdk.StateNone, ""},
		{"value of another type", "a builder of the call", "type builder struct{ n int }\nfunc (b *builder) add() { b.n++ }", "b := &builder{}\n\tb.add()\n\te.Set(\"n\", b.n)", sdk.StateNone, ""},
		{"function that setup shares", "it runs later too", "func (p *plugin) load() { p.n = 1 }", "p.load()", sdk.StateMemory, "p.n lives"},
		{"function of setup alone", "it runs at the beginning", "func (p *plugin) load() { p.n = 1; p.more() }\nfunc (p *plugin) more() { p.table[\"a\"] = 1 }", "e.Set(\"n\", p.n)", sdk.StateNone, ""},
		{"function that setup keeps", "it is called later", "func (p *plugin) load() { p.f = p.count }\nfunc (p *plugin) count() { p.n++ }", "p.f()", sdk.StateMemory, "p.n lives"},
		{"literal that setup keeps", "it is called later", "func (p *plugin) load() { p.f = func() { p.n++ } }", "p.f()", sdk.StateMemory, "p.n lives"},
		{"variable of setup", "a closure keeps it", "func (p *plugin) load() { n := 0; p.f = func() { n++ } }", "p.f()", sdk.StateMemory, "n lives"},
		{"callback of a compiled function in setup", "it is done when the call returns", "func (p *plugin) load() { strings.Map(func(r rune) rune { p.n++; return r }, \"a\") }", "e.Set(\"n\", p.n)", sdk.StateNone, ""},
		{"variable of the event", "a closure of the call", "", "n := 0\n\te.Properties().Each(func(string, sdk.Value) bool { n++; return true })\n\te.Set(\"n\", n)", sdk.StateNone, ""},
		{"through an interface", "it may be the plugin's own type", "type counter interface{ add() }\nfunc (p *plugin) add() { p.n++ }\nfunc touch(c counter) { c.add() }", "touch(p)", sdk.StateMemory, "p.n lives"},
		{"compiled value with memory", "a builder keeps its text", "", "p.text.WriteString(\"a\")", sdk.StateMemory, "p.text lives"},
		{"compiled value without", "an expression keeps nothing", "", "e.Set(\"m\", p.re.MatchString(e.Event()))", sdk.StateNone, ""},
		{"the configuration, read", "it is the instance's", "", "c := meta.Config\n\te.Set(\"a\", c.Get(\"a\"))", sdk.StateNone, ""},
		{"the configuration, written", "changes last as long as the instance", "", "meta.Config.Set(\"a\", 1)", sdk.StateMemory, "meta.Config is changed"},
		{"storage by the kept meta", "it outlives the instance", "func (p *plugin) load() {}", "_, err := p.meta.Storage.Get(\"a\")\n\tif err != nil {\n\t\treturn nil, err\n\t}", sdk.StateStore, "uses meta.Storage"},
		{"storage kept by setup", "it is used later", "func (p *plugin) load() { p.store = p.meta.Storage }", "_, err := p.store.Get(\"a\")\n\tif err != nil {\n\t\treturn nil, err\n\t}", sdk.StateStore, "uses meta.Storage"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(c.decls, "load()") {
				c.decls += "\nfunc (p *plugin) load() {}"
			}
			info := load(t, files("p.go", strings.NewReplacer("DECLS", c.decls, "EVENT", c.event).Replace(skeleton))).Info()
			assert.Equal(t, c.want, info.State, c.reason)
			if c.want != sdk.StateNone {
				require.NotEmpty(t, info.Notices)
				assert.Contains(t, info.Notices[0].Message, c.says)
			} else {
				assert.Empty(t, info.Notices)
			}
		})
	}
}

const skeleton = `package p

import (
	"regexp"
	"sort"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

var _ = sort.Strings

type rule struct {
	key  string
	tags map[string]int
	hits int
}

type plugin struct {
	name  string
	n     int
	table map[string]int
	maps  []map[string]int
	rules []rule
	re    *regexp.Regexp
	text  strings.Builder
	meta  *sdk.PluginMeta
	store sdk.Storage
	f     func()
}

func Hooks() sdk.Hooks {
	p := &plugin{table: map[string]int{}}
	return sdk.Hooks{
		SetupPlugin: func(meta *sdk.PluginMeta) error {
			p.meta, p.name, p.re = meta, "x", regexp.MustCompile("x")
			p.rules = append(p.rules, rule{})
			p.load()
			return nil
		},
		ProcessEvent: p.processEvent,
	}
}

func (p *plugin) processEvent(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	EVENT
	return e, nil
}

DECLS
`

// Variables of the constructor are the instance's.
func TestStateOfCapturedVariables(t *testing.T) {
	for _, c := range []struct {
		name, event string
		want        sdk.State
	}{
		{"read", "e.Set(\"n\", n)", sdk.StateNone},
		{"written", "n++", sdk.StateMemory},
		{"written by a literal inside", "func() { n++ }()", sdk.StateMemory},
		{"map", "_ = n\n\t\t\tm[\"a\"] = 1", sdk.StateMemory},
		{"method of a value of the call", "c := &counter{}\n\t\t\tc.add()\n\t\t\te.Set(\"n\", c.n+n)", sdk.StateNone},
		{"method of a captured value", "kept.add()\n\t\t\te.Set(\"n\", n)", sdk.StateMemory},
		{"another of that name", "n := n\n\t\t\tn++\n\t\t\te.Set(\"n\", n)", sdk.StateNone},
	} {
		t.Run(c.name, func(t *testing.T) {
			info := load(t, files("p.go", `package p

import "github.com/plugreel/plugreel/sdk"

func Hooks() sdk.Hooks {
	n, m, kept := 0, map[string]int{}, &other{}
	return sdk.Hooks{
		SetupPlugin: func(*sdk.PluginMeta) error {
			n = 5
			m["b"] = 2
			kept.add()
			return nil
		},
		ProcessEvent: func(e *sdk.PluginEvent, meta *sdk.PluginMeta) (*sdk.PluginEvent, error) {
			`+c.event+`
			return e, nil
		},
	}
}

type counter struct{ n int }

func (c *counter) add() { c.n++ }

type other struct{ n int }

func (o *other) add() { o.n++ }
`)).Info()
			assert.Equal(t, c.want, info.State)
		})
	}
}
