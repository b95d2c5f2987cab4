package modules

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzJSON: JSON.parse takes what is valid JSON and nothing else, and what it makes is written as
// a text that reads back the same.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{`{"a":[1,-0.5e+3,null,true,false,"x\u00e9\ud83d\ude00\ud800"]}`, `[1e400]`, `"\`, `{"a":1,}`, " \t[ ]\n", "-", "01", "\"\xed\xa0\x80\"", `{"__proto__":1}`} {
		f.Add(text)
	}
	h := newHost(f)
	parse, _ := goja.AssertFunction(h.lib.global("JSON").Get("parse"))
	stringify, _ := goja.AssertFunction(h.lib.global("JSON").Get("stringify"))
	f.Fuzz(func(t *testing.T, text string) {
		v, err := parse(goja.Undefined(), h.vm.ToValue(text))
		var exception *goja.Exception
		if err != nil {
			require.ErrorAs(t, err, &exception)
		}
		if json.Valid([]byte(text)) != (err == nil) {
			t.Fatalf("JSON.parse(%q) = %v, but json.Valid says %v", text, err, json.Valid([]byte(text)))
		}
		if err != nil {
			return
		}
		out, err := stringify(goja.Undefined(), v)
		require.NoError(t, err)
		again, err := parse(goja.Undefined(), out)
		require.NoError(t, err)
		second, err := stringify(goja.Undefined(), again)
		require.NoError(t, err)
		assert.True(t, out.SameAs(second), "%q: %v, then %v", text, out, second)
	})
}

// TestConcurrent runs libraries of several runtimes at once: what they share is made once.
func TestConcurrent(t *testing.T) {
	var wait sync.WaitGroup
	for range 4 {
		h := newHost(t)
		wait.Go(func() {
			for _, script := range []string{
				`new Date(0).toLocaleString('en-US', { timeZone: 'America/New_York', timeZoneName: 'long' })`,
				`require('stream').PassThrough.name + require('util').inspect(new URL('http://bücher.de'))`,
				`require('crypto').createHash('sha256').update('x').digest('hex')`,
				`'a'.localeCompare('b', 'en', { numeric: true })`,
			} {
				assert.NotContains(t, h.text(script), "throws")
			}
		})
	}
	wait.Wait()
}
