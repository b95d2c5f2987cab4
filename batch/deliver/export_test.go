package deliver

// Internals for tests.
var (
	RetryAfter = retryAfter
	Backoff    = backoff
)

// Machine is the clock of the zero Options.
type Machine = machine

// ManyHosts is how many hosts are known before any is forgotten.
const ManyHosts = manyHosts

// Known returns how many hosts the Client knows.
func (c *Client) Known() int {
	c.hosts.mu.Lock()
	defer c.hosts.mu.Unlock()
	return len(c.hosts.byName)
}
