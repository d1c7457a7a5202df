import { createDesktopPlatform } from './desktop.ts';
import { isDesktop } from './desktop-port.ts';
import type { Platform } from './platform.ts';
import { createWebPlatform } from './web.ts';

/** The platform this page was loaded on. */
export function choosePlatform(): Platform {
  return isDesktop() ? createDesktopPlatform() : createWebPlatform(location.origin);
}
