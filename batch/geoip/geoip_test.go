package geoip_test

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/maxmind/mmdbwriter"
	"github.com/maxmind/mmdbwriter/mmdbtype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/geoip"
)

// database writes a database of one network.
func database(t *testing.T) string {
	t.Helper()
	tree, err := mmdbwriter.New(mmdbwriter.Options{DatabaseType: "Test-City", IncludeReservedNetworks: true, BuildEpoch: 1_700_000_000})
	require.NoError(t, err)
	_, network, err := net.ParseCIDR("203.0.113.0/24")
	require.NoError(t, err)
	require.NoError(t, tree.Insert(network, mmdbtype.Map{
		"city":     mmdbtype.Map{"geoname_id": mmdbtype.Uint32(1), "names": mmdbtype.Map{"en": mmdbtype.String("Springfield"), "zh_CN": mmdbtype.String("x")}},
		"location": mmdbtype.Map{"latitude": mmdbtype.Float64(48.5), "time_zone": mmdbtype.String("UTC")},
		"subdivisions": mmdbtype.Slice{
			mmdbtype.Map{"iso_code": mmdbtype.String("S1")},
		},
	}))
	name := filepath.Join(t.TempDir(), "city.mmdb")
	f, err := os.Create(name)
	require.NoError(t, err)
	_, err = tree.WriteTo(f)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	return name
}

func TestString(t *testing.T) {
	db, err := geoip.Open(database(t))
	require.NoError(t, err)
	defer db.Close()
	assert.Regexp(t, `^Test-City of 2023-11-14T22:13:20Z, \d+ nodes$`, db.String())
}

func TestLocate(t *testing.T) {
	db, err := geoip.Open(database(t))
	require.NoError(t, err)
	defer db.Close()
	rows := []struct{ name, ip, want string }{
		{"known", "203.0.113.9", `{"city":{"geonameId":1,"names":{"en":"Springfield","zh_CN":"x"}},"location":{"latitude":48.5,"timeZone":"UTC"},"subdivisions":[{"isoCode":"S1"}]}`},
		{"known, in IPv6 form", "::ffff:203.0.113.9", `{"city":{"geonameId":1,"names":{"en":"Springfield","zh_CN":"x"}},"location":{"latitude":48.5,"timeZone":"UTC"},"subdivisions":[{"isoCode":"S1"}]}`},
		{"unknown", "198.51.100.1", ""},
		{"no address", "nonsense", ""},
		{"empty", "", ""},
	}
	for _, row := range rows {
		v, err := db.Locate(row.ip)
		require.NoError(t, err, row.name)
		if row.want == "" {
			assert.False(t, v.Exists(), row.name)
			continue
		}
		assert.JSONEq(t, row.want, v.String(), row.name)
	}
}

func TestOpenFails(t *testing.T) {
	_, err := geoip.Open(filepath.Join(t.TempDir(), "none.mmdb"))
	require.ErrorContains(t, err, "none.mmdb")
}
