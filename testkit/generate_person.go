package testkit

import (
	"strconv"
	"time"
)

// people is how many there are in all.
const people = 20_000

// person is who an event is about: a pure function of seed and number.
type person struct {
	id         uuid
	device     uuid
	identified bool
	distinctID string // the device's id until the person has logged in
	name       string
	email      string
	ip         string
	language   string
	platform   *platform
	place      *place
	clockError time.Duration // how far the device's clock is behind
}

func newPerson(seed uint64, number int) person {
	d := newDice(seed, personStream, uint64(number))
	who := pick(&d, names)
	p := person{
		id:         d.uuid4(),
		device:     d.uuid4(),
		identified: d.in100(40),
		name:       who.name,
		email:      who.mailbox + strconv.Itoa(number) + *pick(&d, mailDomains),
		ip:         d.address(),
		platform:   pick(&d, platforms),
		place:      pick(&d, places),
	}
	p.language = p.place.language
	if d.in100(10) {
		p.clockError = time.Duration(d.between(1, 600)) * time.Second
	}
	p.distinctID = p.device.String()
	if p.identified {
		p.distinctID = d.loginID(p.email, number)
	}
	return p
}

// loginID is the id that an application gives to identify: whatever its authors had at hand.
func (d *dice) loginID(email string, number int) string {
	switch d.n(4) {
	case 0:
		return email
	case 1:
		return strconv.Itoa(100_000 + number)
	default:
		return "user_" + d.base36(14)
	}
}

// address is from the blocks that are reserved for documentation, RFC 5737 and RFC 3849.
func (d *dice) address() string {
	if d.in100(15) {
		return "2001:db8:" + strconv.FormatInt(int64(d.between(1, 0xffff)), 16) + "::" +
			strconv.FormatInt(int64(d.between(1, 0xffff)), 16)
	}
	return *pick(d, networks) + strconv.Itoa(d.between(1, 254))
}

// visit is one person's use of the product within half an hour.
type visit struct {
	person  int
	session uuid
	window  uuid
}

// visitors is how many visits begin in the same half hour.
const visitors = 250

// newVisit is a pure function of its arguments. Its person is one of few who come often or of many who
// come rarely; a person who comes twice in one half hour has one session and two windows.
func newVisit(seed uint64, at time.Time, number int) visit {
	at = at.Truncate(30 * time.Minute)
	d := newDice(seed, visitStream, uint64(at.Unix())<<16|uint64(number))
	v := visit{person: d.skewed(people)}
	v.window = d.uuid7(at.UnixMilli()+int64(d.n(60_000)), d.pcg.Uint64())

	d = newDice(seed, sessionStream, uint64(at.Unix())<<16|uint64(v.person))
	v.session = d.uuid7(at.UnixMilli(), d.pcg.Uint64())
	return v
}
