/** Errors of invitations, people, applications and the phones of prescribers. */
export const peopleErrors = {
  phone_of_a_prescriber: {
    fr: 'Ce téléphone compte des carnets remis : il ne scanne pas de chèque.',
    en: 'This phone counts books handed out: it scans no voucher.',
  },
} as const
