package intl

import (
	"regexp"
	"strings"
)

// Locales that have data.
const (
	US = "en-US"
	GB = "en-GB"
)

// Part is a piece of a formatted value.
type Part struct{ Type, Value string }

// Text joins parts.
func Text(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Value)
	}
	return b.String()
}

// tag matches a language tag: language, script, region, variants, extensions.
// Source: UTS 35, Unicode locale identifier.
var tag = regexp.MustCompile(`^(?i:([a-z]{2,3}|[a-z]{5,8})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)((?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?))$`)

// Canonical writes a language tag as it should be written: language lower case, script titled,
// region upper case. ok is false if it is no language tag.
func Canonical(s string) (canonical string, ok bool) {
	m := tag.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	canonical = strings.ToLower(m[1])
	if m[2] != "" {
		canonical += "-" + strings.ToUpper(m[2][:1]) + strings.ToLower(m[2][1:])
	}
	if m[3] != "" {
		canonical += "-" + strings.ToUpper(m[3])
	}
	return canonical + strings.ToLower(m[4]+m[5]), true
}

// MatchLocale picks the data for a list of canonical tags: the first that is English decides,
// those of Great Britain and of the countries that write as it does have its data. name is what
// the formatter calls its locale.
func MatchLocale(tags []string) (data, name string) {
	for _, t := range tags {
		bare, _, _ := strings.Cut(t, "-u-")
		switch bare {
		case "en", "en-US":
			return US, bare
		case "en-GB":
			return GB, bare
		}
		if strings.HasPrefix(bare, "en-") {
			region := strings.TrimPrefix(bare, "en-")
			switch {
			case region == "US" || region == "PH" || region == "PR" || region == "GU":
				return US, bare
			case len(region) == 2 || region == "001" || region == "150":
				return GB, bare
			}
			return US, "en"
		}
	}
	return US, US
}

// Supported keeps the tags whose language there is data for.
func Supported(tags []string) (supported []string) {
	for _, t := range tags {
		if t == "en" || strings.HasPrefix(t, "en-") {
			supported = append(supported, t)
		}
	}
	return supported
}
