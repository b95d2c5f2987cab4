package jsbridge

import (
	"regexp"
	"strings"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/lower"
)

const (
	// maxMatchMemory bounds the bytes of text for which an instance keeps what matched it.
	maxMatchMemory = 1 << 20
	// maxMatchText is the length of the longest text that is kept.
	maxMatchText = 1 << 10
	// maxMatchPatterns is the number of patterns for which it is kept.
	maxMatchPatterns = 256
	// maxFloods is how often there may be more patterns than that: a plugin that makes them all the time gains
	// nothing.
	maxFloods = 4
	// matchTrial is the number of questions after which a pattern must have been asked about texts that it
	// has seen before in half of all cases.
	matchTrial = 128
)

// matches remembers which patterns match which texts. Archives have few user agents and names of events,
// plugins ask dozens of patterns about each, and the engine's answer takes as long as ten small calls.
type matches struct {
	in             *instance
	test           goja.Callable // RegExp.prototype.test
	global, sticky goja.Callable // getters of the flags
	patterns       map[*goja.Object]*pattern
	clones         map[*goja.Object]*pattern // of those that are in patterns
	met            map[*goja.Object]bool     // objects that were asked about once
	floods         int                       // how often there were too many patterns
	texts          map[string]*verdicts
	size           int // bytes of texts
	last           string
	lastVerdicts   *verdicts // of last
}

// pattern is one whose matches may be kept.
type pattern struct {
	number        int
	asked, repeat int // questions, and those among them whose answer was known
	off           bool
}

// verdicts says for each pattern, by its number, whether it matches a text.
type verdicts struct{ of []verdict }

type verdict uint8

const (
	unknown verdict = iota
	differs
	matched
)

// touchesPatterns matches source that may change what patterns do.
var touchesPatterns = regexp.MustCompile(`(?:RegExp|String|constructor)\.prototype|extends RegExp|Symbol\.match|\.compile\b|setPrototypeOf|__proto__|\.(?:exec|test|match)\s*=[^=]|["'\x60](?:exec|test|match)["'\x60]`)

// installMatches defines the helper for patterns that are asked about a text. It returns nil if what patterns
// do may change.
func (in *instance) installMatches() *matches {
	if in.p.has(touchesPatterns) {
		in.helper(lower.Knows, func(goja.FunctionCall) goja.Value { return goja.Undefined() })
		return nil
	}
	m := &matches{
		in: in, patterns: map[*goja.Object]*pattern{}, clones: map[*goja.Object]*pattern{}, met: map[*goja.Object]bool{},
		texts: map[string]*verdicts{},
	}
	prototype := in.vm.Get("RegExp").ToObject(in.vm).Get("prototype").ToObject(in.vm)
	m.test, _ = goja.AssertFunction(prototype.Get("test"))
	m.global, m.sticky = in.getter(prototype, "global"), in.getter(prototype, "sticky")
	in.helper(lower.Knows, func(call goja.FunctionCall) goja.Value { return m.knows(call.Argument(0), call.Argument(1)) })
	return m
}

// getter returns what reads a property of a built-in object.
func (in *instance) getter(o *goja.Object, name string) goja.Callable {
	describe, _ := goja.AssertFunction(in.vm.Get("Object").ToObject(in.vm).Get("getOwnPropertyDescriptor"))
	get, _ := goja.AssertFunction(try(describe(goja.Undefined(), o, in.vm.ToValue(name))).ToObject(in.vm).Get("get"))
	return get
}

// knows says whether pattern p matches a text; undefined if one of them is something else, or if it is not
// worth while to keep the answer.
func (m *matches) knows(p, text goja.Value) goja.Value {
	o, isObject := p.(*goja.Object)
	s, isText := text.(goja.String)
	if !isObject || !isText || s.Length() > maxMatchText || m.floods > maxFloods {
		return goja.Undefined()
	}
	known := m.pattern(o)
	if known == nil || known.off {
		return goja.Undefined()
	}
	of := m.verdicts(s.String())
	if of == nil {
		return goja.Undefined()
	}
	return m.in.vm.ToValue(m.verdict(known, of, o, s) == matched)
}

// pattern returns what is known of an object: nil if it is met for the first time, because many patterns are
// made anew in each call.
func (m *matches) pattern(o *goja.Object) *pattern {
	if known := m.patterns[o]; known != nil {
		return known
	}
	if known := m.clones[o]; known != nil {
		return known
	}
	if m.met[o] {
		return m.register(o)
	}
	if len(m.met) >= maxMatchPatterns {
		clear(m.met)
	}
	m.met[o] = true
	return nil
}

// register makes a pattern of an object, off if it is none, or one that remembers where it was.
func (m *matches) register(o *goja.Object) *pattern {
	if len(m.patterns) >= maxMatchPatterns {
		m.forget()
		clear(m.patterns)
		clear(m.clones)
		m.floods++
	}
	known := &pattern{number: len(m.patterns)}
	known.off = o.ClassName() != "RegExp" || try(m.global(o)).ToBoolean() || try(m.sticky(o)).ToBoolean()
	m.patterns[o] = known
	return known
}

// same says that a pattern does what another one does.
func (m *matches) same(clone, master *goja.Object) {
	if m == nil || m.floods > maxFloods {
		return
	}
	known := m.patterns[master]
	if known == nil {
		known = m.register(master)
	}
	if len(m.clones) >= maxMatchPatterns {
		clear(m.clones)
	}
	m.clones[clone] = known
}

// verdicts returns what is known of a text, nil if it may stand for another one: lone surrogates look alike.
func (m *matches) verdicts(text string) *verdicts {
	if m.lastVerdicts != nil && text == m.last {
		return m.lastVerdicts
	}
	of := m.texts[text]
	if of == nil {
		if strings.ContainsRune(text, '\ufffd') {
			return nil
		}
		if m.size += len(text) + maxMatchPatterns; m.size > maxMatchMemory {
			m.forget()
		}
		of, text = &verdicts{}, strings.Clone(text)
		m.texts[text] = of
	}
	m.last, m.lastVerdicts = text, of
	return of
}

func (m *matches) forget() {
	clear(m.texts)
	m.size, m.lastVerdicts = 0, nil
}

// verdict asks a pattern about a text, unless it was asked before.
func (m *matches) verdict(p *pattern, of *verdicts, o *goja.Object, s goja.String) verdict {
	if p.asked++; p.asked == matchTrial {
		p.off = p.repeat < matchTrial/2
	}
	if p.number < len(of.of) && of.of[p.number] != unknown {
		p.repeat++
		return of.of[p.number]
	}
	found := differs
	if try(m.test(o, s)).ToBoolean() {
		found = matched
	}
	if missing := p.number + 1 - len(of.of); missing > 0 {
		of.of = append(of.of, make([]verdict, missing)...)
	}
	of.of[p.number] = found
	return found
}
