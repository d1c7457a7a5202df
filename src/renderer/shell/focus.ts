import { useLocation } from '@solidjs/router';
import { createEffect, on } from 'solid-js';

/**
 * Moves the focus to the new page when the old one took it away, so that Tab goes on there and not at the window's top.
 * A focus that is still somewhere, such as in the sidebar, stays.
 */
export function useFocusOnNavigation(page: () => HTMLElement | undefined): void {
  const location = useLocation();
  createEffect(
    on(
      () => location.pathname,
      () => {
        requestAnimationFrame(() => {
          if (document.activeElement === null || document.activeElement === document.body)
            page()?.focus({ preventScroll: true });
        });
      },
      { defer: true },
    ),
  );
}
