import type { JSX } from 'solid-js';
import { CopyButton } from '../components/copy-button.tsx';
import { t } from '../words/language.ts';
import { QrCode } from './qr-code.tsx';

interface AddressCardProps {
  /** Of the card, for those who do not see it. */
  name: string;
  title: string;
  address: string;
  /** What the QR code is called. */
  code: string;
  children?: JSX.Element;
}

/** An address to send, and to photograph with a phone. */
export function AddressCard(props: AddressCardProps): JSX.Element {
  return (
    <section class="card flex gap-5 p-4 max-sm:flex-col max-sm:items-center" aria-label={props.name}>
      <QrCode text={props.address} label={props.code} />
      <div class="flex min-w-0 flex-1 flex-col gap-3 max-sm:w-full">
        <div>
          <h2 class="font-medium">{props.title}</h2>
          <p class="mt-0.5 font-mono wrap-anywhere select-all">{props.address}</p>
          <p class="mt-2 flex items-center gap-2.5">
            <CopyButton text={props.address} label={t().sharing.copyAddress} />
          </p>
        </div>
        {props.children}
      </div>
    </section>
  );
}
