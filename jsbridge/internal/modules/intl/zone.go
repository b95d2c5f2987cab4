package intl

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// zoneNames are what a group of zones is called. Names of summer time are empty if there is none.
type zoneNames struct {
	long, summer string
	short        string // "EST/EDT" in en-US only, "CET/CEST" in en-GB only
	in           string // the locale that uses the short name, empty for both
	generic      string // long generic; empty for long
}

// groups are the names of zones that are asked for most, with the zones that have them.
var groups = []struct {
	zoneNames
	zones string
}{
	{zoneNames{"Eastern Standard Time", "Eastern Daylight Time", "EST/EDT", US, "Eastern Time"}, "America/New_York America/Detroit America/Toronto America/Indiana/Indianapolis America/Kentucky/Louisville America/Nassau US/Eastern EST5EDT"},
	{zoneNames{"Eastern Standard Time", "", "EST", US, ""}, "America/Jamaica America/Panama America/Cancun"},
	{zoneNames{"Central Standard Time", "Central Daylight Time", "CST/CDT", US, "Central Time"}, "America/Chicago America/Winnipeg America/Menominee US/Central CST6CDT"},
	{zoneNames{"Central Standard Time", "", "CST", US, ""}, "America/Mexico_City America/Regina America/Costa_Rica America/Guatemala America/El_Salvador America/Tegucigalpa America/Managua America/Monterrey"},
	{zoneNames{"Mountain Standard Time", "Mountain Daylight Time", "MST/MDT", US, "Mountain Time"}, "America/Denver America/Edmonton America/Boise US/Mountain MST7MDT"},
	{zoneNames{"Mountain Standard Time", "", "MST", US, ""}, "America/Phoenix US/Arizona"},
	{zoneNames{"Pacific Standard Time", "Pacific Daylight Time", "PST/PDT", US, "Pacific Time"}, "America/Los_Angeles America/Vancouver America/Tijuana US/Pacific PST8PDT"},
	{zoneNames{"Alaska Standard Time", "Alaska Daylight Time", "AKST/AKDT", US, "Alaska Time"}, "America/Anchorage America/Juneau US/Alaska"},
	{zoneNames{"Hawaii-Aleutian Standard Time", "", "HST", US, ""}, "Pacific/Honolulu US/Hawaii"},
	{zoneNames{"Atlantic Standard Time", "Atlantic Daylight Time", "AST/ADT", US, "Atlantic Time"}, "America/Halifax Atlantic/Bermuda"},
	{zoneNames{"Atlantic Standard Time", "", "AST", US, ""}, "America/Puerto_Rico America/Barbados America/Santo_Domingo"},
	{zoneNames{"Newfoundland Standard Time", "Newfoundland Daylight Time", "", "", "Newfoundland Time"}, "America/St_Johns"},
	{zoneNames{"Brasilia Standard Time", "", "", "", ""}, "America/Sao_Paulo America/Bahia America/Fortaleza America/Recife"},
	{zoneNames{"Argentina Standard Time", "", "", "", ""}, "America/Argentina/Buenos_Aires America/Buenos_Aires"},
	{zoneNames{"Colombia Standard Time", "", "", "", ""}, "America/Bogota"},
	{zoneNames{"Peru Standard Time", "", "", "", ""}, "America/Lima"},
	{zoneNames{"Chile Standard Time", "Chile Summer Time", "", "", "Chile Time"}, "America/Santiago"},
	{zoneNames{"Venezuela Time", "", "", "", ""}, "America/Caracas"},
	{zoneNames{"Greenwich Mean Time", "British Summer Time", "GMT/BST", GB, "United Kingdom Time"}, "Europe/London Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man GB"},
	{zoneNames{"Greenwich Mean Time", "Irish Standard Time", "GMT/", "", "Ireland Time"}, "Europe/Dublin"},
	{zoneNames{"Greenwich Mean Time", "", "GMT", "", ""}, "Atlantic/Reykjavik Africa/Abidjan Africa/Accra Africa/Dakar"},
	{zoneNames{"Western European Standard Time", "Western European Summer Time", "WET/WEST", GB, "Western European Time"}, "Europe/Lisbon Atlantic/Madeira Atlantic/Canary WET"},
	{zoneNames{"Azores Standard Time", "Azores Summer Time", "", "", "Azores Time"}, "Atlantic/Azores"},
	{zoneNames{"Central European Standard Time", "Central European Summer Time", "CET/CEST", GB, "Central European Time"}, "Europe/Paris Europe/Berlin Europe/Vienna Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Brussels Europe/Zurich Europe/Stockholm Europe/Oslo Europe/Copenhagen Europe/Prague Europe/Warsaw Europe/Budapest Europe/Belgrade Europe/Zagreb Europe/Ljubljana Europe/Bratislava Europe/Luxembourg Europe/Monaco Europe/Malta Europe/Andorra Europe/Vaduz Europe/San_Marino Europe/Vatican Europe/Sarajevo Europe/Skopje Europe/Podgorica Europe/Tirane Europe/Gibraltar Europe/Busingen Arctic/Longyearbyen CET"},
	{zoneNames{"Central European Standard Time", "", "CET", GB, ""}, "Africa/Algiers Africa/Tunis"},
	{zoneNames{"Eastern European Standard Time", "Eastern European Summer Time", "EET/EEST", GB, "Eastern European Time"}, "Europe/Athens Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Bucharest Europe/Sofia Europe/Riga Europe/Tallinn Europe/Vilnius Europe/Mariehamn Europe/Chisinau Asia/Nicosia Asia/Beirut Africa/Cairo EET"},
	{zoneNames{"Moscow Standard Time", "", "", "", ""}, "Europe/Moscow Europe/Simferopol"},
	{zoneNames{"Türkiye Standard Time", "", "", "", ""}, "Europe/Istanbul Asia/Istanbul"},
	{zoneNames{"Gulf Standard Time", "", "GST", GB, ""}, "Asia/Dubai Asia/Muscat"},
	{zoneNames{"Arabian Standard Time", "", "", "", ""}, "Asia/Riyadh Asia/Baghdad Asia/Kuwait Asia/Qatar"},
	{zoneNames{"Iran Standard Time", "", "", "", ""}, "Asia/Tehran"},
	{zoneNames{"Israel Standard Time", "Israel Daylight Time", "", "", "Israel Time"}, "Asia/Jerusalem Asia/Tel_Aviv"},
	{zoneNames{"Pakistan Standard Time", "", "", "", ""}, "Asia/Karachi"},
	{zoneNames{"India Standard Time", "", "", "", ""}, "Asia/Kolkata Asia/Calcutta Asia/Colombo"},
	{zoneNames{"Nepal Time", "", "", "", ""}, "Asia/Kathmandu Asia/Katmandu"},
	{zoneNames{"Bangladesh Standard Time", "", "", "", ""}, "Asia/Dhaka"},
	{zoneNames{"Indochina Time", "", "", "", ""}, "Asia/Bangkok Asia/Ho_Chi_Minh Asia/Saigon Asia/Phnom_Penh Asia/Vientiane"},
	{zoneNames{"Western Indonesia Time", "", "", "", ""}, "Asia/Jakarta"},
	{zoneNames{"China Standard Time", "", "", "", ""}, "Asia/Shanghai Asia/Macau"},
	{zoneNames{"Hong Kong Standard Time", "", "", "", ""}, "Asia/Hong_Kong"},
	{zoneNames{"Taipei Standard Time", "", "", "", ""}, "Asia/Taipei"},
	{zoneNames{"Singapore Standard Time", "", "", "", ""}, "Asia/Singapore"},
	{zoneNames{"Philippine Standard Time", "", "", "", ""}, "Asia/Manila"},
	{zoneNames{"Japan Standard Time", "", "", "", ""}, "Asia/Tokyo Japan"},
	{zoneNames{"Korean Standard Time", "", "", "", ""}, "Asia/Seoul"},
	{zoneNames{"Australian Eastern Standard Time", "Australian Eastern Daylight Time", "", "", "Australian Eastern Time"}, "Australia/Sydney Australia/Melbourne Australia/Hobart Australia/Canberra"},
	{zoneNames{"Australian Eastern Standard Time", "", "", "", ""}, "Australia/Brisbane"},
	{zoneNames{"Australian Central Standard Time", "Australian Central Daylight Time", "", "", "Australian Central Time"}, "Australia/Adelaide"},
	{zoneNames{"Australian Central Standard Time", "", "", "", ""}, "Australia/Darwin"},
	{zoneNames{"Australian Western Standard Time", "", "", "", ""}, "Australia/Perth"},
	{zoneNames{"New Zealand Standard Time", "New Zealand Daylight Time", "", "", "New Zealand Time"}, "Pacific/Auckland"},
	{zoneNames{"South Africa Standard Time", "", "", "", ""}, "Africa/Johannesburg"},
	{zoneNames{"West Africa Time", "", "", "", ""}, "Africa/Lagos Africa/Kinshasa"},
	{zoneNames{"East Africa Time", "", "", "", ""}, "Africa/Nairobi Africa/Addis_Ababa"},
}

var namesByZone = sync.OnceValue(func() map[string]*zoneNames {
	names := map[string]*zoneNames{}
	for i := range groups {
		for zone := range strings.FieldsSeq(groups[i].zones) {
			names[zone] = &groups[i].zoneNames
		}
	}
	return names
})

// zones are those that were loaded; there are some 600.
var zones sync.Map // of the name asked for to *time.Location

// LoadZone finds a zone by its IANA name, in whatever case. name is the name as it is written.
func LoadZone(s string) (zone *time.Location, name string, ok bool) {
	if z, ok := zones.Load(s); ok {
		zone := z.(*time.Location)
		return zone, zone.String(), true
	}
	if zone, name, ok = findZone(s); ok {
		zones.Store(name, zone)
	}
	return zone, name, ok
}

func findZone(s string) (zone *time.Location, name string, ok bool) {
	switch upper := strings.ToUpper(s); upper {
	case "UTC", "GMT", "ETC/UTC", "ETC/GMT", "ETC/UCT", "ETC/ZULU", "ETC/GREENWICH", "UCT", "ZULU", "GREENWICH", "GMT0", "ETC/GMT0", "ETC/UNIVERSAL", "UNIVERSAL":
		return time.UTC, "UTC", true
	case "", "LOCAL":
		return nil, "", false
	}
	for _, name := range []string{s, titled(s), strings.ToUpper(s)} {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone, name, true
		}
	}
	return nil, "", false
}

// titled writes each word of a zone's name with a capital, but those in the middle that IANA
// writes small.
func titled(s string) string {
	up := true
	out := []byte(strings.ToLower(s))
	for i, c := range out {
		if up && c >= 'a' && c <= 'z' {
			out[i] = c - 'a' + 'A'
		}
		up = c == '/' || c == '_' || c == '-'
	}
	return strings.NewReplacer("_Of_", "_of_", "_Es_", "_es_", "Port-Au-Prince", "Port-au-Prince", "Gmt", "GMT").Replace(string(out))
}

// ZoneName is what the zone of t is called at that time. width is a value of the option
// timeZoneName.
func ZoneName(locale, width string, t time.Time) string {
	zone := t.Location().String()
	_, seconds := t.Zone()
	switch width {
	case "shortOffset":
		return offset(seconds, false)
	case "longOffset":
		return offset(seconds, true)
	}
	if zone == "UTC" {
		return map[string]string{"short": "UTC", "long": "Coordinated Universal Time", "shortGeneric": "GMT+0", "longGeneric": "GMT+00:00"}[width]
	}
	names := namesByZone()[zone]
	if names == nil {
		return offset(seconds, strings.HasPrefix(width, "long"))
	}
	return names.name(locale, width, t, seconds)
}

func (z *zoneNames) name(locale, width string, t time.Time, seconds int) string {
	summer := t.IsDST()
	if strings.HasPrefix(z.long, "Greenwich") && seconds != 0 {
		summer = true // Irish summer time is the standard, in the database
	} else if seconds == 0 && strings.HasPrefix(z.long, "Greenwich") {
		summer = false
	}
	switch width {
	case "long":
		if summer && z.summer != "" {
			return z.summer
		}
		return z.long
	case "longGeneric":
		if z.generic != "" {
			return z.generic
		}
		return z.long
	}
	standard, daylight, both := strings.Cut(z.short, "/")
	if z.in != "" && z.in != locale && standard != "GMT" {
		return offset(seconds, false)
	}
	switch {
	case width == "shortGeneric" && both && strings.HasSuffix(standard, "ST") && z.in == US:
		return strings.TrimSuffix(standard, "ST") + "T"
	case width == "shortGeneric" && z.generic != "" && standard == "GMT":
		return z.generic
	case summer && both:
		if daylight == "" || z.in != "" && z.in != locale {
			return offset(seconds, false)
		}
		return daylight
	case standard == "":
		return offset(seconds, false)
	}
	return standard
}

// offset is the distance from Greenwich: GMT-5, GMT+5:30; GMT+05:30 if it is to be long.
func offset(seconds int, long bool) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	h, m := seconds/3600, seconds/60%60
	switch {
	case long:
		return fmt.Sprintf("GMT%c%02d:%02d", sign, h, m)
	case m != 0:
		return fmt.Sprintf("GMT%c%d:%02d", sign, h, m)
	}
	return fmt.Sprintf("GMT%c%d", sign, h)
}
