package jsbridge_test

import (
	"fmt"
	"strings"
)

// oddEvents are events that real archives hold rarely and that go wrong easily.
func oddEvents() []string {
	events := []string{
		`{}`,
		`{"event":"bare"}`,
		`{"event":"no properties","uuid":"u1","distinct_id":"d","timestamp":"2024-02-29T12:00:00.000Z"}`,
		`{"event":"null properties","properties":null}`,
		`{"event":"empty properties","properties":{}}`,
		`{"event":"properties as text","properties":"{\"a\":1}"}`,
		`{"event":"properties as list","properties":[1,2,{"a":3}]}`,
		`{"event":"properties as number","properties":42}`,
		`{"event":null,"distinct_id":null,"timestamp":null,"uuid":null,"properties":{"a":null}}`,
		`{"event":5,"distinct_id":7,"properties":{"$current_url":12,"email":false}}`,
		`{"event":"","distinct_id":"","properties":{"":"empty name","a":"","$current_url":""}}`,
		`{"event":"unicode","distinct_id":"用户","properties":{"name":"Žluťoučký kůň","emoji":"👩‍👩‍👧‍👦 😀","combining":"e\u0301 n\u0303","wide":"ｆｕｌｌ","rtl":"שלום","ß":"straße","İ":"İstanbul","ﬁ":"ﬁn"}}`,
		`{"event":"escapes","properties":{"tab":"a\tb","nl":"a\nb","quote":"\"","slash":"\/","back":"\\","nul":"\u0000","ls":"\u2028","del":"\u007f","b":"\b\f\r"}}`,
		`{"event":"surrogates","properties":{"lone":"\ud800","low":"\udc00x","pair":"\ud83d\ude00","reversed":"\ude00\ud83d"}}`,
		`{"event":"integer-like names","properties":{"b":1,"10":"ten","2":"two","a":2,"01":"no index","-1":"neither","1.5":"nor","4294967295":"too large","4294967294":"largest","0":"zero"}}`,
		`{"10":"top","2":"level","event":"integer-like names outside","properties":{"x":1}}`,
		`{"event":"__proto__","properties":{"__proto__":{"polluted":true},"constructor":"c","toString":"t","hasOwnProperty":1,"valueOf":null}}`,
		`{"event":"nested __proto__","properties":{"o":{"__proto__":{"polluted":true},"x":1},"list":[{"__proto__":null}]}}`,
		`{"event":"top __proto__","__proto__":{"polluted":true},"properties":{"a":1}}`,
		`{"event":"large integers","properties":{"id":12345678901234567890,"max":9007199254740991,"over":9007199254740993,"neg":-12345678901234567890,"i64":9223372036854775807}}`,
		`{"event":"numbers","properties":{"one":1.0,"exp":1e3,"small":1e-7,"big":1e21,"neg0":-0,"neg0f":-0.0,"third":0.3333333333333333,"sum":0.30000000000000004,"min":5e-324,"maxv":1.7976931348623157e308}}`,
		`{"event":"beyond doubles","properties":{"inf":1e400,"ninf":-1e400,"zero":1e-400}}`,
		`{"event":"duplicates","properties":{"a":1,"b":2,"a":3},"event":"duplicates, last"}`,
		`{"event":"duplicate properties","properties":{"a":1},"properties":{"b":2}}`,
		`{ "event" : "white space" , "properties" : { "a" : [ 1 , 2 , { "b" : null } ] , "c" : { } } }`,
		`{"event":"empty containers","properties":{"o":{},"l":[],"ll":[[]],"lo":[{}],"ol":{"l":[]}}}`,
		`{"event":"booleans","properties":{"t":true,"f":false,"list":[true,false,null]}}`,
		`{"event":"dates","timestamp":"2024-02-30T25:00:00Z","properties":{"iso":"2024-01-15T10:20:30.123Z","offset":"2024-01-15T10:20:30+02:00","space":"2024-01-15 10:20:30","day":"2024-01-15","ms":1705314030123,"s":1705314030,"us":"Jan 15, 2024","rfc":"Mon, 15 Jan 2024 10:20:30 GMT","bad":"yesterday"}}`,
		`{"event":"no milliseconds","timestamp":"2024-01-15T10:20:30Z","properties":{"a":1}}`,
		`{"event":"microseconds","timestamp":"2024-01-15T10:20:30.123456Z","properties":{"a":1}}`,
		`{"event":"offset","timestamp":"2024-01-15T10:20:30.5-07:30","properties":{"a":1}}`,
		`{"event":"timestamp as number","timestamp":1705314030123,"properties":{"a":1}}`,
		`{"event":"$pageview","properties":{"$current_url":"not a url","$referrer":"$direct"}}`,
		`{"event":"$pageview","properties":{"$current_url":"HTTPS://User:Pw@Example.COM:8443/a/b/../c%20d?x=1&x=2&y=%F0%9F%98%80&z#frag?no"}}`,
		`{"event":"$pageview","properties":{"$current_url":"https://example.com?utm_source=a+b&utm_medium=c%2Bd&utm_campaign=%E2%9C%93&utm_term=&utm_content"}}`,
		`{"event":"$pageview","properties":{"$current_url":"https://example.com/?bad=%E0%A4%A","$ip":"::1","$user_agent":""}}`,
		`{"event":"mail","properties":{"email":"Jane.Doe+tag@Example.co.uk","text":"write to a@b.cc or call +49 (30) 1234-567, card 4111 1111 1111 1111","$ip":"192.168.1.77"}}`,
		`{"event":"json in text","properties":{"meta":"{\"a\":[1,2,{\"b\":\"c\"}],\"n\":1.50}","broken":"{\"a\":","num":"12","nul":"null","list":"[1,2]"}}`,
		`{"event":"currency","properties":{"total":"1.234,56 €","price":"$1,234.56","amount":"12","currency":"jpy","neg":"-5.5"}}`,
		`{"event":"versions","properties":{"$app_version":"1.10.0-beta.2+build.5","v":"2.0","w":"v3","x":"1.2.3.4"}}`,
		`{"event":"camelCaseName","properties":{"someProperty":1,"HTTPServer":2,"already_snake":3,"with space":4,"kebab-case":5,"mixed_caseName9Up":6}}`,
		`{"event":"user signed up","properties":{"plan":"Pro","seats":3,"$set":{"email":"A@B.C","plan":"pro"},"$set_once":{"first":"x"}},"$set":{"top":true},"$set_once":{"once":1}}`,
		`{"event":"$identify","distinct_id":"d1","properties":{"$anon_distinct_id":"anon","$set":null,"$set_once":[]}}`,
		`{"event":"$groupidentify","properties":{"$group_type":"company","$group_key":"acme","$group_set":{"name":"Acme","size":10}}}`,
		`{"event":"$autocapture","properties":{"$elements":[{"tag_name":"button","$el_text":"Buy","nth_child":1,"attr__class":"a b"},{"tag_name":"div"}],"$elements_chain":"button.primary:text=\"Buy\"nth-child=\"1\";div:nth-child=\"2\""}}`,
		`{"event":"matrix","properties":{"m":[[1,2,3],[4,5,6]],"mixed":[1,"a",null,true,{"x":[]},[2]]}}`,
		`{"event":"sparse-looking","properties":{"0":"a","1":"b","length":2}}`,
		`{"event":"then","then":"not a function","properties":{"then":{"a":1},"toJSON":"text","get":1,"set":2}}`,
		`{"event":"zwsp","properties":{" a ":1,"a\u200bb":2,"A":3,"a":4}}`,
		`{"event":"bot","properties":{"$user_agent":"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)","$ip":"66.249.66.1"}}`,
		`{"event":"phone","properties":{"$user_agent":"Mozilla/5.0 (iPhone; CPU iPhone OS 17_2_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 Safari/604.1"}}`,
	}
	events = append(events,
		fmt.Sprintf(`{"event":"deep","properties":{"deep":%s1%s}}`, strings.Repeat(`{"d":`, 60), strings.Repeat("}", 60)),
		fmt.Sprintf(`{"event":"deep list","properties":{"deep":%s%s}}`, strings.Repeat("[", 60), strings.Repeat("]", 60)),
		fmt.Sprintf(`{"event":"long list","properties":{"list":[%s0]}}`, strings.Repeat("3,1,2,10,", 300)),
		fmt.Sprintf(`{"event":"long text","properties":{"text":%q}}`, strings.Repeat("lorem ipsum dolor ", 400)),
		fmt.Sprintf(`{"event":"many members","properties":{%s"last":1}}`, manyMembers(150)),
	)
	return events
}

func manyMembers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"key_%d":%d,`, (i*7)%n, i)
	}
	return b.String()
}
