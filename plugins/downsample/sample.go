// Package downsample keeps a share of the events: always of the same people.
//
//	config   {"percentage": "50", "perEvent": "$autocapture=20", "rateProperty": "sample_rate"}
//	before   {"event":"$autocapture","distinct_id":"ada","properties":{}}
//	after    {"event":"$autocapture","distinct_id":"ada","properties":{"sample_rate":0.2}}
//
//	key            type     default            effect
//	percentage     string   100                how much stays, 0 to 100
//	perEvent       string   (none)             NAME=PERCENTAGE for events with a share of their own: a list, or a JSON object
//	always         string   $identify,         names of events that all stay, unless perEvent has them
//	                        $create_alias,
//	                        $merge_dangerously,
//	                        $groupidentify, $set
//	by             string   distinct_id        what is kept or dropped as one: distinct_id, uuid, properties.NAME
//	seed           string   (none)             another seed keeps other people
//	rateProperty   string   (none)             gets the share, on events that were sampled
//
// Whether a person stays is a hash of the seed and the distinct_id, not a matter of chance: the
// same in every run, on every machine, in every archive. The people of 10 % are among those of
// 20 %. An event that has nothing to sample by stays.
//
// The hash: the first 53 bits of SHA-256 of the seed, a zero byte and the text, as a fraction of
// 2^53, which must be below percentage / 100.
package downsample

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// Program is the plugin for hosts that compile it in.
func Program() sdk.Program { return sdk.Native(sdk.Info{Name: "downsample"}, Hooks) }

// Hooks makes one instance of the plugin.
func Hooks() sdk.Hooks {
	s := &sampler{}
	return sdk.Hooks{SetupPlugin: s.setup, ProcessEvent: s.processEvent}
}

// sampler is one instance. Shares are from 0 to 1.
type sampler struct {
	share    float64
	perEvent map[string]float64
	always   []string
	by       []string // path in the event
	seed     string
	property string // for the share, "" for none
}

func (p *sampler) setup(meta *sdk.PluginMeta) error {
	s := meta.Settings()
	p.share = s.Number("percentage", 100, 0, 100) / 100
	p.perEvent = readShares(s, meta.Config.Get("perEvent"))
	p.always = s.List("always")
	if !meta.Config.Has("always") {
		p.always = []string{"$identify", "$create_alias", "$merge_dangerously", "$groupidentify", "$set"}
	}
	p.by = readPath(s)
	p.seed = s.Text("seed", "")
	p.property = s.Text("rateProperty", "")
	return s.Err()
}

// readShares reads a list of NAME=PERCENTAGE, or an object with a percentage for each name.
func readShares(s *sdk.Settings, v sdk.Value) map[string]float64 {
	shares := map[string]float64{}
	if o, ok := v.Object(); ok {
		o.Each(func(name string, v sdk.Value) bool {
			addShare(s, shares, name, v.StrOr(v.String()))
			return true
		})
		return shares
	}
	for _, entry := range s.List("perEvent") {
		i := strings.LastIndexByte(entry, '=')
		if i < 0 {
			s.Fail("perEvent", "got %q, want NAME=PERCENTAGE", entry)
			continue
		}
		addShare(s, shares, strings.TrimSpace(entry[:i]), strings.TrimSpace(entry[i+1:]))
	}
	return shares
}

func addShare(s *sdk.Settings, shares map[string]float64, name, text string) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0 && n <= 100) {
		s.Fail("perEvent", "%s: got %q, want a number from 0 to 100", name, text)
		return
	}
	shares[name] = n / 100
}

func readPath(s *sdk.Settings) []string {
	by := s.Text("by", "")
	name, isProperty := strings.CutPrefix(by, "properties.")
	switch {
	case isProperty && name != "":
		return []string{"properties", name}
	case by == "" || by == "distinct_id":
		return []string{"distinct_id"}
	case by != "uuid":
		s.Fail("by", "got %q, want distinct_id, uuid or properties.NAME", by)
	}
	return []string{"uuid"}
}

func (p *sampler) processEvent(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.PluginEvent, error) {
	name := e.Event()
	share, ok := p.perEvent[name]
	if !ok {
		if slices.Contains(p.always, name) {
			return e, nil
		}
		share = p.share
	}
	v := e.Get(p.by...)
	switch {
	case share == 1 || !v.Exists() || v.IsNull():
		return e, nil
	case p.position(v.StrOr(v.String())) >= share:
		return nil, nil
	}
	if p.property != "" {
		e.Properties().Set(p.property, share)
	}
	return e, nil
}

// position is a number from 0 to below 1 that stands for a text.
func (p *sampler) position(text string) float64 {
	sum := sha256.Sum256([]byte(p.seed + "\x00" + text))
	return float64(binary.BigEndian.Uint64(sum[:8])>>11) / (1 << 53)
}
