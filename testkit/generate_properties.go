package testkit

import (
	"iter"
	"strconv"
)

// kind is a sort of event: how many of 100 events are one, and what it adds to the properties that
// all events have. Without a function the event has no properties at all.
type kind struct {
	share      int
	event      string
	properties func(e *event, w *jsonWriter, shape Shape)
}

var kinds = []kind{
	{45, "$pageview", pageview},
	{20, "$autocapture", autocapture},
	{12, "$pageleave", pageleave},
	{5, "$identify", identify},
	{6, "purchase", purchase},
	{5, "video_played", videoPlayed},
	{3, "signup", signup},
	{3, "検索 search", search},
	{1, "heartbeat", nil},
}

func (d *dice) kind() *kind {
	at := d.n(100)
	for i := range kinds {
		if at -= kinds[i].share; at < 0 {
			return &kinds[i]
		}
	}
	panic("testkit: the shares of all kinds of event must make 100")
}

func (e *event) writeProperties(w *jsonWriter, shape Shape) {
	e.writeDevice(w)
	e.writePage(w)
	e.writeIDs(w)
	e.kind.properties(e, w, shape)
	e.writePlace(w)
	if shape == BatchExport {
		w.str("$ip", e.person.ip)
		w.time("$sent_at", e.sent, exportTime(e.sent))
	}
}

func (e *event) writeDevice(w *jsonWriter) {
	p := e.person.platform
	w.str("$os", p.os)
	w.str("$os_version", p.osVersion)
	w.str("$browser", p.browser)
	w.raw("$browser_version", p.version)
	w.str("$browser_language", e.person.language)
	w.str("$device_type", p.device)
	w.num("$screen_height", p.screen[1])
	w.num("$screen_width", p.screen[0])
	w.num("$viewport_height", p.window[1]-e.dice.n(80))
	w.num("$viewport_width", p.window[0])
	w.str("$user_agent", p.agent)
}

func (e *event) writePage(w *jsonWriter) {
	p := e.page
	w.key("$current_url")
	w.buf = append(w.buf, '"')
	w.text("https://" + p.host + p.path + p.query)
	if e.campaign != nil {
		separator := "?"
		if p.query != "" {
			separator = "&"
		}
		w.text(separator + e.campaign.query)
	}
	w.buf = append(w.buf, '"')
	w.str("$host", p.host)
	w.str("$pathname", p.path)
	w.str("$referrer", *pick(&e.dice, referrers))
	if e.campaign != nil {
		w.str("utm_source", e.campaign.source)
		w.str("utm_medium", e.campaign.medium)
		w.str("utm_campaign", e.campaign.name)
	}
}

func (e *event) writeIDs(w *jsonWriter) {
	p := &e.person
	w.str("$lib", "web")
	w.str("$lib_version", *pick(&e.dice, sdkVersions))
	w.str("$insert_id", e.dice.base36(16))
	w.key("$time")
	w.buf = appendSeconds(w.buf, e.client.UnixMilli())
	w.str("distinct_id", p.distinctID)
	w.id("$device_id", p.device)
	w.id("$session_id", e.visit.session)
	w.id("$window_id", e.visit.window)
	w.raw("$active_feature_flags", *pick(&e.dice, flags))
	if e.dice.in100(30) {
		w.bool("$feature/new-checkout", e.dice.in100(50))
		w.object("$groups", func() { w.str("company", "acme-"+strconv.Itoa(e.dice.n(200))) })
	}
}

// appendSeconds spells milliseconds as JavaScript does seconds: 1704153600.5, not 1704153600.500.
func appendSeconds(dst []byte, unixMilli int64) []byte {
	dst = strconv.AppendInt(dst, unixMilli/1000, 10)
	fraction := unixMilli % 1000
	if fraction == 0 {
		return dst
	}
	dst = append(dst, '.', byte('0'+fraction/100))
	if fraction%100 != 0 {
		dst = append(dst, byte('0'+fraction/10%10))
	}
	if fraction%10 != 0 {
		dst = append(dst, byte('0'+fraction%10))
	}
	return dst
}

func (e *event) writePlace(w *jsonWriter) {
	p := e.person.place
	w.str("$geoip_city_name", p.city)
	w.str("$geoip_country_code", p.code)
	if p.postal == "" {
		w.raw("$geoip_postal_code", "null")
	} else {
		w.str("$geoip_postal_code", p.postal)
	}
	w.raw("$geoip_latitude", p.latitude)
	w.raw("$geoip_longitude", p.longitude)
}

func pageview(e *event, w *jsonWriter, shape Shape) {
	if cut := e.dice.n(400) == 0; cut && shape == Capture {
		w.raw("title", cutTitle)
	} else {
		w.str("title", e.page.title)
	}
	if e.dice.in100(20) {
		w.object("$set_once", func() {
			w.str("$initial_pathname", e.page.path)
			w.raw("$initial_utm_source", "null")
		})
	}
}

func pageleave(e *event, w *jsonWriter, _ Shape) {
	w.str("title", e.page.title)
	w.key("$prev_pageview_duration")
	w.buf = appendSeconds(w.buf, int64(e.dice.between(300, 900_000)))
	w.num("$prev_pageview_last_scroll", e.dice.n(4000))
	w.raw("$prev_pageview_max_scroll_percentage", *pick(&e.dice, []string{"0", "1", "0.25", "0.3333333333333333", "0.9999"}))
}

// autocapture writes the elements as a chain, as clients do since 2023, or as a list. An export has
// them in a column of its own.
func autocapture(e *event, w *jsonWriter, shape Shape) {
	asList := e.dice.in100(30)
	w.str("$event_type", "click")
	w.num("$ce_version", 1)
	w.str("$el_text", e.label)
	switch {
	case shape == BatchExport:
	case asList:
		w.array("$elements", func() { writeElements(w, e.click, e.label) })
	default:
		w.str("$elements_chain", chain(e.click, e.label))
	}
}

func writeElements(w *jsonWriter, click []element, label string) {
	for i, el := range click {
		w.object("", func() {
			w.str("tag_name", el.tag)
			for key, value := range el.attributes(label, i) {
				switch key {
				case "nth-child":
					w.num("nth_child", el.child)
				case "nth-of-type":
					w.num("nth_of_type", el.ofType)
				case "text":
					w.str("$el_text", value)
				default:
					w.str(key, value)
				}
			}
		})
	}
}

// attributes yields the keys of an element in sorted order. Only the innermost has the text.
func (el element) attributes(label string, depth int) iter.Seq2[string, string] {
	if depth > 0 {
		label = ""
	}
	all := [...][2]string{
		{"attr__class", el.class}, {"attr_id", el.id}, {"href", el.href},
		{"nth-child", strconv.Itoa(el.child)}, {"nth-of-type", strconv.Itoa(el.ofType)}, {"text", label},
	}
	return func(yield func(string, string) bool) {
		for _, a := range all {
			if a[1] != "" && !yield(a[0], a[1]) {
				return
			}
		}
	}
}

func identify(e *event, w *jsonWriter, _ Shape) {
	w.id("$anon_distinct_id", e.person.device)
	e.writeSet(w)
}

func (e *event) writeSet(w *jsonWriter) {
	p := &e.person
	w.object("$set", func() {
		w.str("email", p.email)
		w.str("name", p.name)
		w.bool("newsletter", p.clockError == 0)
	})
	w.object("$set_once", func() {
		w.str("first_seen", start.Format("2006-01-02"))
		w.raw("invited_by", "null")
	})
}

func purchase(e *event, w *jsonWriter, _ Shape) {
	d := &e.dice
	w.key("order_id")
	w.buf = append(w.buf, '1')
	w.buf = strconv.AppendUint(w.buf, 1e18+d.pcg.Uint64()%8e18, 10) // 20 digits, often beyond 64 bits
	w.raw("total", *pick(d, amounts))
	w.str("currency", *pick(d, []string{"EUR", "USD", "JPY"}))
	w.array("items", func() {
		for range d.between(1, 3) {
			w.object("", func() {
				w.str("sku", "SKU-"+d.base36(6))
				w.raw("price", *pick(d, amounts))
				w.num("quantity", d.between(1, 4))
			})
		}
	})
	w.raw("coupon", "null")
	w.bool("first_order", d.in100(30))
}

func videoPlayed(e *event, w *jsonWriter, _ Shape) {
	d := &e.dice
	w.str("video", *pick(d, videos))
	w.num("position", d.n(3600))
	w.raw("speed", *pick(d, []string{"1", "1.0", "1.25", "1.5e0"}))
	w.bool("muted", d.in100(20))
	w.strs("qualities", "1080p", "720p", "auto")
}

func signup(e *event, w *jsonWriter, _ Shape) {
	d := &e.dice
	w.str("plan", *pick(d, plans))
	w.str("email", e.person.email)
	w.object("company", func() {
		w.str("name", "Acme \""+e.person.place.city+"\"")
		w.raw("size", "null")
		w.object("address", func() { w.str("country", e.person.place.country) })
	})
	w.raw("invite_code", "null")
	w.bool("terms_accepted", true)
}

func search(e *event, w *jsonWriter, _ Shape) {
	d := &e.dice
	w.str("query", *pick(d, queries))
	w.num("results", d.skewed(5000))
	w.object("filters", func() {
		w.strs("tags", "new", "セール")
		w.raw("price", `{"min":0,"max":1e3}`)
		w.bool("in_stock", d.in100(70))
	})
	w.raw("scores", "[0.1,1.0,-0,12345678901234567890]")
}
