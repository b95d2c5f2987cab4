package weburl

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// parts are the properties of a URL object that the tests compare.
type parts struct {
	Href     string `json:"href"`
	Origin   string `json:"origin"`
	Username string `json:"username,omitempty"`
	Password string `json:"password,omitempty"`
	Host     string `json:"host,omitempty"`
	Hostname string `json:"hostname,omitempty"`
	Port     string `json:"port,omitempty"`
	Pathname string `json:"pathname,omitempty"`
	Search   string `json:"search,omitempty"`
	Hash     string `json:"hash,omitempty"`
}

func partsOf(u *URL) *parts {
	return &parts{u.Href(), u.Origin(), u.Username(), u.Password(), u.Host(), u.Hostname(), u.Port(), u.Pathname(), u.Search(), u.Hash()}
}

// askNode runs a script that reads JSON from the standard input and writes JSON. It skips the
// test if there is no node, or another one than the tables were verified with.
func askNode(t *testing.T, script string, in, out any) {
	t.Helper()
	version, err := exec.Command("node", "--version").Output()
	if err != nil {
		t.Skip("node: not installed; nothing to compare with")
	}
	if !bytes.HasPrefix(version, []byte("v20.")) {
		t.Skipf("node: got %s, want v20; the tables follow Node 20", bytes.TrimSpace(version))
	}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	cmd := exec.Command("node", "-e", "const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n"+script)
	cmd.Stdin = bytes.NewReader(text)
	got, err := cmd.Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(got, out))
}

const urlScript = `
const keys = ['href', 'origin', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']
console.log(JSON.stringify(input.map(({ in: text, base }) => {
	try {
		const u = base === undefined || base === null ? new URL(text) : new URL(text, base)
		return Object.fromEntries(keys.map((k) => [k, u[k]]))
	} catch { return null }
})))`

const setterScript = `
console.log(JSON.stringify(input.map(({ href, set, value }) => {
	const u = new URL(href)
	try { u[set] = value } catch {}
	return u.href
})))`
