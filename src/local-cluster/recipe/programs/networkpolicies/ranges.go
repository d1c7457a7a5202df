package networkpolicies

import "net/netip"

// without is a range of IPv4 addresses less others that lie in it, as ranges; of IPv6, which the node does not have, nothing.
func without(cidr string, except []string) []string {
	whole, err := netip.ParsePrefix(cidr)
	if err != nil || !whole.Addr().Is4() {
		return nil
	}
	left := []netip.Prefix{whole.Masked()}
	for _, text := range except {
		hole, err := netip.ParsePrefix(text)
		if err != nil || !hole.Addr().Is4() {
			continue
		}
		var next []netip.Prefix
		for _, one := range left {
			next = append(next, minus(one, hole.Masked())...)
		}
		left = next
	}
	var texts []string
	for _, one := range left {
		texts = append(texts, one.String())
	}
	return texts
}

func minus(whole, hole netip.Prefix) []netip.Prefix {
	if !whole.Overlaps(hole) {
		return []netip.Prefix{whole}
	}
	if hole.Bits() <= whole.Bits() {
		return nil
	}
	bits := whole.Bits() + 1
	lower := netip.PrefixFrom(whole.Addr(), bits)
	bytes := whole.Addr().As4()
	bytes[(bits-1)/8] |= 1 << (7 - (bits-1)%8)
	upper := netip.PrefixFrom(netip.AddrFrom4(bytes), bits)
	return append(minus(lower, hole), minus(upper, hole)...)
}
