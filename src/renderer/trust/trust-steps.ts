/** What a person does in their browser so that it trusts an authority. Each browser keeps its own list, or its system's. Pure. */
export function trustSteps(userAgent: string): string[] {
  if (/\b(?:iPhone|iPad)\b/.test(userAgent))
    return [
      'Open the file, and install the profile under Settings, General, VPN & Device Management.',
      'Switch it on under Settings, General, About, Certificate Trust Settings.',
    ];
  if (/\bAndroid\b/.test(userAgent))
    return [
      'Open Settings, Security, Encryption & credentials, Install a certificate, CA certificate, and choose the file.',
    ];
  if (/\bFirefox\//.test(userAgent))
    return [
      'Open Settings, Privacy & Security, Certificates, View Certificates, Authorities, Import, and choose the file.',
      'Tick "Trust this CA to identify websites".',
    ];
  if (/\bMacintosh\b/.test(userAgent))
    return ['Open the file, which Keychain Access takes, and set it to "Always Trust" for SSL.'];
  if (/\bWindows\b/.test(userAgent))
    return ['Open the file, Install Certificate, Current User, and choose "Trusted Root Certification Authorities".'];
  return [
    'Open chrome://certificate-manager, Custom, Trusted Certificates (before: Manage certificates, Authorities), Import, and choose the file.',
  ];
}
