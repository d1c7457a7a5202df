package networkpolicies

import (
	"fmt"
	"sort"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// entry is the chain that every forwarded packet passes.
const entry = "GUILDNET-POLICY"

// world is what NetworkPolicies speak of.
type world struct {
	pods       []*corev1.Pod
	namespaces map[string]labels.Set
	policies   []*networkingv1.NetworkPolicy
}

// hasAddress says whether a pod has an address of its own: one on its node's network has the node's, and one that has
// ended may have lost its to another.
func hasAddress(pod *corev1.Pod) bool {
	ended := pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
	return !pod.Spec.HostNetwork && !ended && ipv4(pod) != ""
}

func ipv4(pod *corev1.Pod) string {
	for _, one := range pod.Status.PodIPs {
		if !strings.Contains(one.IP, ":") {
			return one.IP
		}
	}
	return ""
}

// rules is the input of iptables-restore that makes the filter be what the policies say, and the names of the chains in it.
// A packet is refused when a policy selects one of its ends for its direction and none allows it
// (https://kubernetes.io/docs/concepts/services-networking/network-policies/). What the node itself sends, such as probes and
// forwarded ports, is not forwarded and so never asked about. Equal worlds give equal texts.
func rules(w world) (string, []string) {
	var declared, body []string
	add := func(chain, format string, values ...any) {
		body = append(body, "-A "+chain+" "+fmt.Sprintf(format, values...))
	}
	declared = append(declared, entry)
	add(entry, "-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN")
	pods := append([]*corev1.Pod(nil), w.pods...)
	sort.Slice(pods, func(i, j int) bool { return ipv4(pods[i]) < ipv4(pods[j]) })
	for _, pod := range pods {
		if !hasAddress(pod) {
			continue
		}
		address := ipv4(pod)
		for _, direction := range []networkingv1.PolicyType{networkingv1.PolicyTypeEgress, networkingv1.PolicyTypeIngress} {
			selecting := w.selecting(pod, direction)
			if len(selecting) == 0 {
				continue
			}
			chain, end := "GN-IN-"+address, "-d"
			if direction == networkingv1.PolicyTypeEgress {
				chain, end = "GN-OUT-"+address, "-s"
			}
			declared = append(declared, chain)
			add(entry, "%s %s/32 -j %s", end, address, chain)
			// Nobody is kept from oneself: a pod may reach itself by its Service.
			add(chain, "-s %s/32 -d %s/32 -j RETURN", address, address)
			for _, match := range w.allowed(pod, selecting, direction) {
				add(chain, "%s -j RETURN", match)
			}
			add(chain, "-j REJECT --reject-with icmp-admin-prohibited")
		}
	}
	var text strings.Builder
	text.WriteString("*filter\n")
	for _, chain := range declared {
		fmt.Fprintf(&text, ":%s - [0:0]\n", chain)
	}
	text.WriteString(strings.Join(body, "\n") + "\nCOMMIT\n")
	return text.String(), declared
}

// selecting are the policies that a pod is isolated by in a direction, in the order of their names.
func (w world) selecting(pod *corev1.Pod, direction networkingv1.PolicyType) []*networkingv1.NetworkPolicy {
	var found []*networkingv1.NetworkPolicy
	for _, policy := range w.policies {
		if policy.Namespace != pod.Namespace || !selects(&policy.Spec.PodSelector, pod.Labels) {
			continue
		}
		for _, one := range policy.Spec.PolicyTypes {
			if one == direction {
				found = append(found, policy)
			}
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Name < found[j].Name })
	return found
}

// allowed are the matches of what the policies let through.
func (w world) allowed(
	pod *corev1.Pod, policies []*networkingv1.NetworkPolicy, direction networkingv1.PolicyType,
) []string {
	seen := map[string]bool{}
	var matches []string
	for _, policy := range policies {
		if direction == networkingv1.PolicyTypeIngress {
			for _, rule := range policy.Spec.Ingress {
				for _, peer := range w.peers(policy.Namespace, rule.From) {
					for _, port := range portMatches(rule.Ports, pod) {
						appendOnce(&matches, seen, peer.match("-s"), port)
					}
				}
			}
			continue
		}
		for _, rule := range policy.Spec.Egress {
			for _, peer := range w.peers(policy.Namespace, rule.To) {
				for _, port := range portMatches(rule.Ports, peer.pod) {
					appendOnce(&matches, seen, peer.match("-d"), port)
				}
			}
		}
	}
	return matches
}

func appendOnce(matches *[]string, seen map[string]bool, parts ...string) {
	match := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
	if !seen[match] {
		seen[match] = true
		*matches = append(*matches, match)
	}
}

// peer is whom a rule names: a pod, a range of addresses, or everybody.
type peer struct {
	cidr string
	pod  *corev1.Pod
}

func (p peer) match(end string) string {
	if p.cidr == "" {
		return ""
	}
	return end + " " + p.cidr
}

func (w world) peers(namespace string, named []networkingv1.NetworkPolicyPeer) []peer {
	if len(named) == 0 {
		return []peer{{}}
	}
	var found []peer
	for _, one := range named {
		if one.IPBlock != nil {
			for _, cidr := range without(one.IPBlock.CIDR, one.IPBlock.Except) {
				found = append(found, peer{cidr: cidr})
			}
			continue
		}
		for _, pod := range w.pods {
			if !hasAddress(pod) {
				continue
			}
			near := one.NamespaceSelector == nil && pod.Namespace == namespace
			far := one.NamespaceSelector != nil && selects(one.NamespaceSelector, w.namespaces[pod.Namespace])
			if (near || far) && (one.PodSelector == nil || selects(one.PodSelector, pod.Labels)) {
				found = append(found, peer{cidr: ipv4(pod) + "/32", pod: pod})
			}
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].cidr < found[j].cidr })
	return found
}

// portMatches are the matches for a rule's ports, of TCP and UDP; `target` has the containers that named ports are looked up in.
func portMatches(ports []networkingv1.NetworkPolicyPort, target *corev1.Pod) []string {
	if len(ports) == 0 {
		return []string{""}
	}
	var matches []string
	for _, port := range ports {
		protocol := corev1.ProtocolTCP
		if port.Protocol != nil {
			protocol = *port.Protocol
		}
		// The filter's match for SCTP is not in every kernel, and one line that it does not know would undo all others.
		if protocol != corev1.ProtocolTCP && protocol != corev1.ProtocolUDP {
			continue
		}
		name := strings.ToLower(string(protocol))
		switch {
		case port.Port == nil:
			matches = append(matches, "-p "+name)
		case port.Port.Type == intstr.String:
			for _, number := range namedPorts(target, port.Port.StrVal, protocol) {
				matches = append(matches, fmt.Sprintf("-p %s --dport %d", name, number))
			}
		case port.EndPort != nil:
			matches = append(matches, fmt.Sprintf("-p %s --dport %d:%d", name, port.Port.IntVal, *port.EndPort))
		default:
			matches = append(matches, fmt.Sprintf("-p %s --dport %d", name, port.Port.IntVal))
		}
	}
	return matches
}

func namedPorts(pod *corev1.Pod, name string, protocol corev1.Protocol) []int32 {
	if pod == nil {
		return nil
	}
	var numbers []int32
	for _, container := range pod.Spec.Containers {
		for _, port := range container.Ports {
			sameProtocol := port.Protocol == protocol || (port.Protocol == "" && protocol == corev1.ProtocolTCP)
			if port.Name == name && sameProtocol {
				numbers = append(numbers, port.ContainerPort)
			}
		}
	}
	return numbers
}

// selects says whether a selector takes these labels; one that cannot be understood takes none.
func selects(selector *metav1.LabelSelector, set labels.Set) bool {
	understood, err := metav1.LabelSelectorAsSelector(selector)
	return err == nil && understood.Matches(set)
}
