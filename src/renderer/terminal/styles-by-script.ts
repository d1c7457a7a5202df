/*
 * The terminal makes `<style>` elements and `style` attributes, which the page's Content-Security-Policy forbids, and rightly: they are what
 * an injected text could make, too. What scripts do with stylesheets and styles as objects is allowed (CSP 3, 8.2; CSSOM), and does the same.
 */

const setAttribute = function (this: HTMLElement, name: string, value: string): void {
  if (name === 'style') this.style.cssText = value;
  else Element.prototype.setAttribute.call(this, name, value);
};

function create(own: Document, name: string, options?: ElementCreationOptions): HTMLElement {
  return Document.prototype.createElement.call(own, name, options);
}

/** Stands for a `<style>` element whose text becomes a stylesheet of the document. */
function adoptedStyle(own: Document): HTMLElement {
  const element = create(own, 'span');
  const sheet = new CSSStyleSheet();
  let text = '';
  own.adoptedStyleSheets.push(sheet);
  Object.defineProperty(element, 'textContent', {
    get: () => text,
    set(value: string) {
      text = value;
      sheet.replaceSync(value);
    },
  });
  element.remove = () => {
    own.adoptedStyleSheets = own.adoptedStyleSheets.filter((one) => one !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}

/**
 * From now on the elements that this document makes for scripts keep to the policy. The terminal has an option for a document of its own,
 * and takes the page's all the same for its rows and its scrollbar (xterm.js 6.0, DomRenderer and Viewport), so it is the page's that does.
 * Whatever else makes elements sees no difference, unless it sets styles as text.
 */
export function makeStylesByScript(own: Document = document): void {
  if (Object.hasOwn(own, 'createElement')) return;
  Object.defineProperty(own, 'createElement', {
    configurable: true,
    value(name: string, options?: ElementCreationOptions): HTMLElement {
      const kind = name.toLowerCase();
      if (kind === 'style') return adoptedStyle(own);
      const element = create(own, name, options);
      if (kind === 'span' || kind === 'div') element.setAttribute = setAttribute;
      return element;
    },
  });
}
