// Package geoip finds places of addresses in a MaxMind database: what meta.geoip lends plugins.
//
// # What it refuses to do
//
// It brings no database: the user names one. Nothing is looked up over the network.
package geoip

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"time"

	"github.com/oschwald/maxminddb-golang/v2"

	"github.com/plugreel/plugreel/sdk"
)

// Database is an open database. It may be used from several goroutines.
type Database struct{ reader *maxminddb.Reader }

// Open opens a database file of MaxMind's format (.mmdb). It is read as it is needed.
func Open(path string) (*Database, error) {
	reader, err := maxminddb.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &Database{reader}, nil
}

// Close frees the database. Values found in it stay valid.
func (d *Database) Close() error { return d.reader.Close() }

// String tells the database from others: its type, when it was built, and how large it is.
func (d *Database) String() string {
	m := d.reader.Metadata
	return fmt.Sprintf("%s of %s, %d nodes", m.DatabaseType, m.BuildTime().UTC().Format(time.RFC3339), m.NodeCount)
}

// Locate returns the record of an address, with the members in camel case that the original
// runtime gave plugins (isoCode, geonameId); missing if nothing is known of it, or if ip is no
// address. Source: fact sheet section 3.5.
func (d *Database) Locate(ip string) (sdk.Value, error) {
	address, err := netip.ParseAddr(ip)
	if err != nil {
		return sdk.Value{}, nil
	}
	result := d.reader.Lookup(address.Unmap())
	if !result.Found() {
		return sdk.Value{}, result.Err()
	}
	var record map[string]any
	if err := result.Decode(&record); err != nil {
		return sdk.Value{}, err
	}
	text, err := json.Marshal(camelCase(record))
	if err != nil {
		return sdk.Value{}, err
	}
	return sdk.RawValue(text), nil
}

// camelCase renames the members of a record, those of names by language excepted.
func camelCase(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, inner := range v {
			if key == "names" {
				out[key] = inner
				continue
			}
			out[camel(key)] = camelCase(inner)
		}
		return out
	case []any:
		for i := range v {
			v[i] = camelCase(v[i])
		}
	}
	return v
}

func camel(name string) string {
	out := make([]byte, 0, len(name))
	up := false
	for i := range len(name) {
		c := name[i]
		switch {
		case c == '_':
			up = true
			continue
		case up && c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		}
		up = false
		out = append(out, c)
	}
	return string(out)
}
