import { A, Route, Router } from '@solidjs/router';
import { ErrorBoundary, type JSX } from 'solid-js';
import { ActivityPage } from './pages/activity.tsx';
import { ClusterPage } from './pages/cluster.tsx';
import { DoctorPage } from './pages/doctor.tsx';
import { EventsPage } from './pages/events.tsx';
import { LaunchPage } from './pages/launch.tsx';
import { LogsPage } from './pages/logs.tsx';
import { TerminalPage } from './pages/terminal.tsx';
import { PresetsPage } from './pages/presets.tsx';
import { ReferencePage } from './pages/reference.tsx';
import { SettingsPage } from './pages/settings.tsx';
import { PortsPage } from './pages/ports.tsx';
import { SharingPage } from './pages/sharing.tsx';
import { TailnetPage } from './pages/tailnet.tsx';
import { WorkspaceSharingPage } from './pages/workspace-sharing.tsx';
import { WorkspacePage } from './pages/workspace.tsx';
import { WorkspacesPage } from './pages/workspaces.tsx';
import { YamlPage } from './pages/yaml.tsx';
import type { Platform } from './platform/platform.ts';
import { Crash } from './shell/crash.tsx';
import { Page } from './shell/page.tsx';
import { Shell } from './shell/shell.tsx';
import { SessionProvider } from './state/session.tsx';
import { t } from './words/language.ts';

/** The whole page. */
export function App(props: { platform: Platform }): JSX.Element {
  return (
    <ErrorBoundary fallback={(error: unknown) => <Crash error={error} />}>
      <SessionProvider platform={props.platform}>
        <Router root={Shell}>
          <Route path="/" component={WorkspacesPage} />
          <Route path="/launch" component={LaunchPage} />
          <Route path="/workspaces/:id" component={WorkspacePage} />
          <Route path="/workspaces/:id/logs" component={LogsPage} />
          <Route path="/workspaces/:id/terminal" component={TerminalPage} />
          <Route path="/workspaces/:id/ports" component={PortsPage} />
          <Route path="/workspaces/:id/events" component={EventsPage} />
          <Route path="/workspaces/:id/yaml" component={YamlPage} />
          <Route path="/workspaces/:id/sharing" component={WorkspaceSharingPage} />
          <Route path="/sharing" component={SharingPage} />
          <Route path="/cluster" component={ClusterPage} />
          <Route path="/tailnet" component={TailnetPage} />
          <Route path="/presets" component={PresetsPage} />
          <Route path="/settings" component={SettingsPage} />
          <Route path="/doctor" component={DoctorPage} />
          <Route path="/activity" component={ActivityPage} />
          <Route path="/api/docs" component={ReferencePage} />
          <Route path="*" component={NoSuchPage} />
        </Router>
      </SessionProvider>
    </ErrorBoundary>
  );
}

function NoSuchPage(): JSX.Element {
  return (
    <Page title={t().frame.noSuchPage}>
      <A href="/" class="link">
        {t().frame.showAll}
      </A>
    </Page>
  );
}
