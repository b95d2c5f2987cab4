package testkit

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Whatever the text of a table, it is read, or refused with its name.
func FuzzParseTable(f *testing.F) {
	f.Add("cases: [{in: {event: x}, want: {event: x}}]")
	f.Add("{\n\t\"cases\": [\n\t\t{\"in\": {}, \"want\": null}]}")
	f.Add("config: &a {b: *a}\ncases: []")
	f.Add("cases: [{in: &e {event: x}, want: *e, webhook: ~, http: [{url: x, json: [1, .nan]}]}]")
	f.Add("cases:\n- <<: *x\n  name: |\n    text\n")
	f.Add("cases: [{attachments: {a: {text: x}}, clock: 2024-01-31T00:00:00Z, team_id: -1}]")
	f.Fuzz(func(t *testing.T, text string) {
		const file = "p_cases.yaml"
		table, err := parseTable(file, []byte(text))
		if err != nil {
			assert.True(t, strings.HasPrefix(err.Error(), file+":"), err.Error())
			return
		}
		assert.NotEmpty(t, table.Cases)
		for _, c := range table.Cases {
			assert.True(t, strings.HasPrefix(c.At, file+":"))
			_, _ = c.read() // does not panic
		}
	})
}
