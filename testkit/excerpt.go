package testkit

import (
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/plugins"
)

// sourcePlace matches a position in a plugin's source, as failures and stacks name it.
var sourcePlace = regexp.MustCompile(`([\w@./-]+\.(?:[cm]?[jt]s|go)):(\d+)`)

// sourceLine shows the line of the plugin's source at which it failed: "\n    index.js:3 | …"; ""
// if that is not known.
func sourceLine(p *plugins.Plugin, f failure) string {
	for _, text := range []string{f.text, f.stack} {
		m := sourcePlace.FindStringSubmatch(text)
		if m == nil || p.FS == nil {
			continue
		}
		number, _ := strconv.Atoi(m[2]) // digits
		if line, ok := lineOf(p.FS, m[1], number); ok {
			return fmt.Sprintf("\n    %s:%d | %s", m[1], number, line)
		}
	}
	return ""
}

// lineOf reads a line of a file, counted from 1, without the space around it.
func lineOf(fsys fs.FS, name string, number int) (string, bool) {
	text, err := fs.ReadFile(fsys, name)
	lines := strings.Split(string(text), "\n")
	if err != nil || number < 1 || number > len(lines) {
		return "", false
	}
	return strings.TrimSpace(lines[number-1]), true
}
