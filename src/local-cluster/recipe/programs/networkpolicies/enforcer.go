// Package networkpolicies keeps the NetworkPolicies of a cluster that is one node: it writes them into the node's packet filter.
package networkpolicies

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"net/http"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	// A pod's start is a burst of changes.
	settle = 20 * time.Millisecond
	// Somebody may have emptied the filter meanwhile.
	again = 30 * time.Second
	retry = time.Second
)

// NewCommand is the component's command line.
func NewCommand() *cobra.Command {
	var kubeconfig, address string
	command := &cobra.Command{
		Use:          "network-policies",
		SilenceUsage: true,
		RunE: func(command *cobra.Command, _ []string) error {
			return run(command.Context(), kubeconfig, address)
		},
	}
	command.Flags().StringVar(&kubeconfig, "kubeconfig", "", "file that says where the API server is and who we are")
	command.Flags().StringVar(&address, "healthz-bind-address", "", "host:port of /healthz, which is well once the policies are in force")
	return command
}

func run(ctx context.Context, kubeconfig, address string) error {
	if ctx == nil {
		ctx = context.Background()
	}
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	changed := make(chan struct{}, 1)
	tell := func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods().Informer()
	namespaces := factory.Core().V1().Namespaces().Informer()
	policies := factory.Networking().V1().NetworkPolicies().Informer()
	for _, informer := range []cache.SharedIndexInformer{pods, namespaces, policies} {
		if _, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc:    func(any) { tell() },
			UpdateFunc: func(any, any) { tell() },
			DeleteFunc: func(any) { tell() },
		}); err != nil {
			return err
		}
	}

	var enforced atomic.Bool
	failed := make(chan error, 1)
	go func() { failed <- serveHealth(address, &enforced) }()
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())

	filter := &filter{}
	for {
		text, chains := rules(worldOf(pods.GetStore(), namespaces.GetStore(), policies.GetStore()))
		wait := again
		if err := filter.apply(ctx, text, chains); err != nil {
			log.Printf("the policies are not in force as they are now: %v", err)
			wait = retry
		} else {
			enforced.Store(true)
		}
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return err
		case <-changed:
			time.Sleep(settle)
		case <-time.After(wait):
			filter.last = ""
		}
	}
}

func worldOf(pods, namespaces, policies cache.Store) world {
	w := world{namespaces: map[string]labels.Set{}}
	for _, one := range pods.List() {
		w.pods = append(w.pods, one.(*corev1.Pod))
	}
	for _, one := range namespaces.List() {
		namespace := one.(*corev1.Namespace)
		w.namespaces[namespace.Name] = namespace.Labels
	}
	for _, one := range policies.List() {
		w.policies = append(w.policies, one.(*networkingv1.NetworkPolicy))
	}
	return w
}

func serveHealth(address string, enforced *atomic.Bool) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(response http.ResponseWriter, _ *http.Request) {
		if !enforced.Load() {
			http.Error(response, "the policies are not in force yet", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(response, "ok")
	})
	server := &http.Server{Addr: address, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return server.ListenAndServe()
}

// filter is what of the node's packet filter is ours.
type filter struct {
	last   string
	chains []string
}

// apply puts the rules in force, all at once, and takes away the chains that are no longer among them.
func (f *filter) apply(ctx context.Context, text string, chains []string) error {
	if text == f.last {
		return nil
	}
	current := map[string]bool{}
	for _, chain := range chains {
		current[chain] = true
	}
	var stale []string
	for _, chain := range f.chains {
		if !current[chain] {
			stale = append(stale, chain)
		}
	}
	if err := restore(ctx, text); err != nil {
		return err
	}
	if err := hook(ctx); err != nil {
		return err
	}
	f.last, f.chains = text, chains
	if len(stale) == 0 {
		return nil
	}
	var removal strings.Builder
	removal.WriteString("*filter\n")
	for _, chain := range stale {
		fmt.Fprintf(&removal, ":%s - [0:0]\n", chain)
	}
	for _, chain := range stale {
		fmt.Fprintf(&removal, "-X %s\n", chain)
	}
	removal.WriteString("COMMIT\n")
	return restore(ctx, removal.String())
}

// hook leads forwarded packets through our chain before any other.
func hook(ctx context.Context) error {
	if exec.CommandContext(ctx, "iptables", "-w", "-C", "FORWARD", "-j", entry).Run() == nil {
		return nil
	}
	return output(exec.CommandContext(ctx, "iptables", "-w", "-I", "FORWARD", "-j", entry))
}

func restore(ctx context.Context, text string) error {
	command := exec.CommandContext(ctx, "iptables-restore", "-w", "--noflush")
	command.Stdin = strings.NewReader(text)
	return output(command)
}

func output(command *exec.Cmd) error {
	var said bytes.Buffer
	command.Stderr = &said
	if err := command.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", command.Path, err, strings.TrimSpace(said.String()))
	}
	return nil
}
