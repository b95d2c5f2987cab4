package weburl

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBaseStays(t *testing.T) {
	base, _ := Parse("mailto:a@b#c", nil)
	u, ok := Parse("#d", base)
	require.True(t, ok)
	assert.Equal(t, "mailto:a@b#d", u.Href())
	assert.Equal(t, "mailto:a@b#c", base.Href())
}

func TestPairs(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"empty parts are left out", "&&a=1&&b=2&", "a=1&b=2"},
		{"a name alone has an empty value", "a&b=", "a=&b="},
		{"the first = ends the name", "a=b=c", "a=b%3Dc"},
		{"an empty name is a name", "=x", "=x"},
		{"plus is a blank", "a+b=c+d", "a+b=c+d"},
		{"%20 is written as plus", "a%20b=%2B", "a+b=%2B"},
		{"what is no escape stays", "a=%&b=%4&c=%zz", "a=%25&b=%254&c=%25zz"},
		{"ill-formed UTF-8 is replaced", "a=%ff%c3b%f0%90%80", "a=%EF%BF%BD%EF%BF%BDb%EF%BF%BD"},
		{"only *-._ and letters and digits stay", "a=*-._~!'()az09", "a=*-._%7E%21%27%28%29az09"},
		{"other scripts", "ü=日&😀=é", "%C3%BC=%E6%97%A5&%F0%9F%98%80=%C3%A9"},
	} {
		assert.Equal(t, c.want, ParsePairs(c.query).String(), c.name)
	}
}

func TestPairsEdit(t *testing.T) {
	p := ParsePairs("a=1&b=2&a=3&c=4&a=5")
	value, ok := p.Get("a")
	assert.Equal(t, "1", value)
	assert.True(t, ok)
	_, ok = p.Get("x")
	assert.False(t, ok)
	p.Set("a", "9")
	assert.Equal(t, "a=9&b=2&c=4", p.String(), "the first is set, the others go")
	p.Set("d", "10")
	assert.Equal(t, "a=9&b=2&c=4&d=10", p.String(), "none: appended")
	five := "5"
	p.Delete("b", &five)
	assert.Equal(t, "a=9&b=2&c=4&d=10", p.String(), "another value")
	p.Delete("b", nil)
	assert.Equal(t, "a=9&c=4&d=10", p.String())
}

func TestPairsSort(t *testing.T) {
	p := Pairs{{"z", ""}, {"ﬀ", ""}, {"🌈", ""}, {"a", "2"}, {"a", "1"}, {"", ""}}
	p.Sort()
	assert.Equal(t, Pairs{{"", ""}, {"a", "2"}, {"a", "1"}, {"z", ""}, {"🌈", ""}, {"ﬀ", ""}}, p, "by UTF-16 code units, stable")
}

func TestDecodeUTF8(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"valid", "aé日😀", "aé日😀"},
		{"a lone continuation", "\x80a", "\ufffda"},
		{"a maximal prefix counts once", "\xe2\x82a\xf0\x90\x8d", "\ufffda\ufffd"},
		{"an encoded surrogate is three errors", "\xed\xa0\x80", "\ufffd\ufffd\ufffd"},
		{"overlong forms", "\xc0\xaf\xe0\x80\x80\xf0\x80\x80\x80", "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"},
		{"beyond U+10FFFF", "\xf4\x90\x80\x80\xf5", "\ufffd\ufffd\ufffd\ufffd\ufffd"},
		{"truncated at each length", "\xdf|\xe1\x80|\xf1\x80|\xf4\x8f\xbf", "\ufffd|\ufffd|\ufffd|\ufffd"},
	} {
		assert.Equal(t, c.want, DecodeUTF8(c.in), c.name)
	}
}

// FuzzParse: no input panics, and what a URL writes reads back as the same URL.
func FuzzParse(f *testing.F) {
	for _, in := range []string{"http://u:p@h:90/a?b#c", "foo:/.//a", "file:///C|/x", "data:a #b", "http://[::1.2.3.4]/", "//x", "http://ß.de/%", "foo:/a/..//b"} {
		f.Add(in, "http://h/a/b")
		f.Add("../"+in, "foo://h/a/b")
	}
	f.Fuzz(func(t *testing.T, in, baseText string) {
		if !utf8.ValidString(in) || !utf8.ValidString(baseText) {
			return
		}
		base, _ := Parse(baseText, nil)
		u, ok := Parse(in, base)
		if !ok {
			return
		}
		for _, set := range []func(){
			func() {}, func() { u.SetHost(baseText) }, func() { u.SetPathname(baseText) }, func() { u.SetProtocol(baseText) },
			func() { u.SetSearch(baseText) }, func() { u.SetHash(baseText) }, func() { u.SetPort(baseText) }, func() { u.SetUsername(baseText) }, func() { u.SetSearch("") },
		} {
			set()
			again, ok := Parse(u.Href(), nil)
			if !ok {
				t.Fatalf("Parse(%q): got none for the text of %q", u.Href(), in)
			}
			if again.Href() != u.Href() {
				t.Fatalf("Parse(%q).Href() = %q for %q", u.Href(), again.Href(), in)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, in := range []string{"https://example.org/pricing?utm_source=news&utm_medium=email#faq", "http://user:pw@xn--bcher-kva.example:8080/a/../b c/é?q=ü"} {
		b.Run(in[:8], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				u, ok := Parse(in, nil)
				if !ok {
					b.Fatal(in)
				}
				_ = u.Href()
			}
		})
	}
}
