package testkit

// The vocabulary of the generated events. Popular entries are listed more than once.

type platform struct {
	os, osVersion  string
	browser        string
	version        string // JSON text of a number
	device         string
	agent          string
	screen, window [2]int // width, height
}

var (
	chromeWindows = platform{"Windows", "10.0", "Chrome", "120", "Desktop",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
		[2]int{1920, 1080}, [2]int{1903, 969}}
	safariPhone = platform{"iOS", "17.2.1", "Mobile Safari", "17.2", "Mobile",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_2_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1",
		[2]int{390, 844}, [2]int{390, 664}}
	chromeAndroid = platform{"Android", "10", "Chrome", "120", "Mobile",
		"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
		[2]int{412, 915}, [2]int{412, 785}}
)

var platforms = []platform{
	chromeWindows, chromeWindows, chromeWindows, safariPhone, safariPhone, chromeAndroid, chromeAndroid,
	{"Mac OS X", "10.15.7", "Chrome", "121", "Desktop",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.0.0 Safari/537.36",
		[2]int{1728, 1117}, [2]int{1728, 992}},
	{"Mac OS X", "10.15.7", "Safari", "17.1", "Desktop",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15",
		[2]int{1440, 900}, [2]int{1440, 790}},
	{"Windows", "10.0", "Firefox", "121", "Desktop",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0",
		[2]int{2560, 1440}, [2]int{2560, 1287}},
	{"Linux", "", "Firefox", "121", "Desktop",
		"Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0",
		[2]int{1366, 768}, [2]int{1366, 633}},
	{"Windows", "10.0", "Microsoft Edge", "120", "Desktop",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0",
		[2]int{1536, 864}, [2]int{1521, 703}},
	{"Android", "13", "Samsung Internet", "23", "Mobile",
		"Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36",
		[2]int{384, 854}, [2]int{384, 726}},
	{"Windows", "10.0", "Opera", "106", "Desktop",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 OPR/106.0.0.0",
		[2]int{1920, 1080}, [2]int{1879, 939}},
	{"iOS", "17.2", "Chrome iOS", "120", "Tablet",
		"Mozilla/5.0 (iPad; CPU OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0.6099.119 Mobile/15E148 Safari/604.1",
		[2]int{820, 1180}, [2]int{820, 1106}},
}

type place struct {
	city, country, code string
	postal              string // some have none
	latitude, longitude string // JSON text of a number
	language            string
}

var places = []place{
	{"New York", "United States", "US", "10013", "40.7185", "-74.0025", "en-US"},
	{"San Francisco", "United States", "US", "94107", "37.7697", "-122.3933", "en-US"},
	{"London", "United Kingdom", "GB", "EC4N", "51.5128", "-0.0638", "en-GB"},
	{"Berlin", "Germany", "DE", "10117", "52.5170", "13.3889", "de-DE"},
	{"Zürich", "Switzerland", "CH", "8001", "47.3667", "8.55", "de-CH"},
	{"Paris", "France", "FR", "75001", "48.8558", "2.3494", "fr-FR"},
	{"São Paulo", "Brazil", "BR", "01323", "-23.5475", "-46.6361", "pt-BR"},
	{"Tokyo", "Japan", "JP", "102-0082", "35.6893", "139.6899", "ja-JP"},
	{"Seoul", "South Korea", "KR", "03141", "37.5658", "126.978", "ko-KR"},
	{"Bengaluru", "India", "IN", "560002", "12.9634", "77.5855", "en-IN"},
	{"Singapore", "Singapore", "SG", "", "1.2868", "103.8503", "zh-SG"},
	{"Reykjavík", "Iceland", "IS", "101", "64.1355", "-21.8954", "is-IS"},
	{"Sydney", "Australia", "AU", "2000", "-33.8715", "151.2006", "en-AU"},
	{"Cairo", "Egypt", "EG", "", "30.0588", "31.2268", "ar-EG"},
}

var names = []struct{ name, mailbox string }{
	{"Ada Lovelace", "ada"}, {"Grace Hopper", "grace.hopper"}, {"Renée O'Connor", "renee.oconnor"},
	{"山田 太郎", "yamada"}, {"김민수", "minsu.kim"}, {"李小龍", "lee+shop"}, {"Иван Петров", "ivan_petrov"},
	{"محمد علي", "mohamed.ali"}, {"Zoë \"Zee\" Müller", "zee"}, {"Łukasz Żółć", "lukasz"},
	{"Chloé 🦊 Dubois", "chloe"}, {"José Ángel Núñez", "jose.angel"}, {"Anna\tTabs", "anna.tabs"},
	{"Robert \\ Tables", "bobby"}, {"Siobhán Ní Bhriain", "siobhan"}, {"Priya नायर", "priya"},
}

var mailDomains = []string{"@example.com", "@example.org", "@mail.example.net", "@example.co.jp"}

var networks = []string{"192.0.2.", "198.51.100.", "203.0.113."}

type page struct{ host, path, query, title string }

var pages = []page{
	{"www.example.com", "/", "", "Example – Home"},
	{"www.example.com", "/", "", "Example – Home"},
	{"www.example.com", "/pricing", "", "Pricing | Example"},
	{"www.example.com", "/pricing", "?plan=scale&billing=yearly", "Pricing | Example"},
	{"www.example.com", "/blog/why-we-moved", "", "Why we “moved” – Blog 📝"},
	{"www.example.com", "/blog/2024/a%20year%20ahead", "?ref=newsletter", "A year ahead 🎉🎉"},
	{"shop.example.com", "/products/42", "?color=red&size=10%2F11", "\"Runner\" 42 – red"},
	{"shop.example.com", "/products/%E9%9D%B4", "?sort=-price", "靴 | サンプルストア"},
	{"shop.example.com", "/cart", "", "Cart (3) 🛒"},
	{"shop.example.com", "/checkout/shipping", "?step=2", "Checkout · Shipping"},
	{"shop.example.com", "/ko/sale", "", "겨울 세일 ❄️ 최대 50%"},
	{"app.example.com", "/dashboard", "?from=2024-01-01&to=2024-01-31", "Dashboard"},
	{"app.example.com", "/projects/1/settings", "?tab=members#invite", "Settings › Members"},
	{"app.example.com", "/files", "?path=C%3A%5CUsers%5Cdemo", "C:\\Users\\demo"},
	{"app.example.com", "/login", "?next=%2Fdashboard", "Log in"},
	{"docs.example.com", "/zh/安装", "?q=%E6%95%B0%E6%8D%AE", "安装指南 — 示例文档"},
}

// cutTitle is JSON text: a client cut an emoji in two, which leaves half a surrogate pair.
const cutTitle = `"A year ahead \ud83c\udf89\ud83c"`

type campaign struct{ source, medium, name, query string }

var campaigns = []campaign{
	{"newsletter", "email", "2024-01 launch", "utm_source=newsletter&utm_medium=email&utm_campaign=2024-01+launch"},
	{"google", "cpc", "brand", "utm_source=google&utm_medium=cpc&utm_campaign=brand"},
	{"ニュース", "social", "冬", "utm_source=%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9&utm_medium=social&utm_campaign=%E5%86%AC"},
}

var referrers = []string{
	"$direct", "$direct", "$direct", "https://www.google.com/", "https://duckduckgo.com/",
	"https://news.ycombinator.com/item?id=38846411", "https://www.example.com/pricing",
}

var sdkVersions = []string{"1.96.1", "1.96.1", "1.100.0", "1.88.4"}

// flags are JSON text.
var flags = []string{`[]`, `["new-checkout"]`, `["new-checkout","dark-mode"]`}

var plans = []string{"free", "scale", "enterprise ✨"}

var queries = []string{
	"shoes", "running shoes \"size 10\"", "C:\\temp", "数据 导出", "ありがとう", "👟", "a/b test", "naïve café", "line\nbreak",
}

var videos = []string{"Getting started", "データ入門 📊", "Funnels: \"the\" hard part", "Retention 101"}

// amounts are JSON numbers that a round trip through a float64 respells, rounds or keeps.
var amounts = []string{"1.0", "1e5", "-0", "0.1", "129.90", "19.99", "1E-7", "1234567.8901234567", "9007199254740993", "4200"}

// element is one step of what a click went through, the innermost first.
type element struct {
	tag, class, id, href string
	child, ofType        int
}

var clicks = [][]element{
	{{"button", "btn btn-primary", "", "", 2, 1}, {"form", "checkout", "checkout-form", "", 1, 1}},
	{{"a", "nav-link", "", "/pricing?plan=scale", 3, 3}, {"nav", "navbar top", "", "", 1, 1}},
	{{"span", "", "", "", 1, 1}, {"button", "icon \"quoted\"", "buy", "", 4, 2}, {"div", "card", "", "", 1, 1}},
	{{"input", "field", "email", "", 1, 1}, {"label", "", "", "", 2, 2}},
}

var labels = []string{"Add to cart", "Jetzt kaufen »", "カートに入れる", "Say \"hello\" 👋", "次へ", "50% off", "Sign up"}
