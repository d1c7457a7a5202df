/**
 * What the failure page does in the browser: it asks its own address whether the workspace is there, shows what has become of it,
 * and loads again when it is. It has no right to anything else; the answers are text and are shown as text.
 */
export const failureScript = `
(() => {
  const main = document.querySelector('main');
  const show = (id, text) => {
    const element = document.getElementById(id);
    element.textContent = typeof text === 'string' ? text : '';
    element.hidden = element.textContent === '';
  };
  let seconds = Number(main.dataset.look);
  let timer;
  const later = () => {
    clearTimeout(timer);
    if (seconds > 0) timer = setTimeout(look, seconds * 1000);
  };
  async function look() {
    try {
      const options = { headers: { 'x-guildnet-waiting': 'state' }, cache: 'no-store', redirect: 'error' };
      const state = await (await fetch(location.href, options)).json();
      if (state.ready === true) {
        if (main.dataset.repeat === 'yes') return location.reload();
        show('title', 'The workspace is ready');
        show('message', 'What was sent to it did not arrive. Go back and send it again.');
        return ['remedy', 'reason', 'note'].forEach((id) => show(id, ''));
      }
      if (typeof state.title === 'string') {
        document.title = state.title;
        ['title', 'message', 'remedy', 'reason'].forEach((id) => show(id, state[id]));
        document.getElementById('start').hidden = state.wakes !== true;
        seconds = state.look;
        show('note', seconds > 0 ? 'This page looks again by itself.' : '');
      }
    } catch {
      show('note', 'GuildNet does not answer. This page looks again by itself.');
    }
    later();
  }
  later();
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && seconds > 0) look();
  });
})();
`;
