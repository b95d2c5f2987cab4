package jsbridge_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestNodeModules checks that the library of package modules is there, however it is imported;
// what it does is tested there.
func TestNodeModules(t *testing.T) {
	rows := []struct{ name, reason, source, want string }{
		{"globals", "made when they are used", body("const u = new URL('https://example.org/a?b=1#c'); event.r = [u.pathname, u.searchParams.get('b'), btoa('x'), typeof structuredClone, new TextEncoder().encode('é').length, typeof AbortController, typeof performance.now()]; return event"),
			`{"r":["/a","1","eA==","function",2,"function","number"]}`},
		{"require", "CommonJS", "const crypto = require('crypto')\nmodule.exports = { processEvent(event) { event.r = crypto.createHash('sha256').update('x').digest('hex').slice(0, 8); return event } }", `{"r":"2d711642"}`},
		{"node: and default import", "the module itself", "import url from 'node:url'\nimport * as zlib from 'zlib'\nimport { createHash, randomUUID } from 'crypto'\n" + body("event.r = [new url.URL('http://a/b').host, zlib.gunzipSync(zlib.gzipSync('hi')).toString(), createHash('md5').update('').digest('hex').slice(0, 4), randomUUID().length]; return event"),
			`{"r":["a","hi","d41d",36]}`},
		{"plugin-contrib", "createBuffer", "import { createBuffer } from '@posthog/plugin-contrib'\n" + body("const seen = []; const b = createBuffer({ limit: 2, onFlush: (list) => { seen.push(...list) } }); b.add(1, 2); b.add(2, 2); event.r = seen; return event"), `{"r":[1]}`},
		{"Buffer from its module", "the same class", "import { Buffer as B } from 'buffer'\n" + body("event.r = B === Buffer; return event"), `{"r":true}`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.JSONEq(t, row.want, plug(t, row.source).must(`{}`), row.reason)
		})
	}
}
