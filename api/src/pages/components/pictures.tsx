/** A voucher with its perforation: the mark of the scheme. */
export const Logo = () => (
  <svg width="34" height="26" viewBox="0 0 34 26" aria-hidden="true">
    <path
      class="fill"
      d="M4 1h26a3 3 0 0 1 3 3v5.500a3.500 3.500 0 0 0 0 7V22a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3v-5.500a3.500 3.500 0 0 0 0-7V4a3 3 0 0 1 3-3z"
    />
    <path
      class="s-surface no"
      stroke-width="2.200"
      stroke-linecap="round"
      stroke-dasharray="0.1 4.400"
      d="M11.500 4v18"
    />
    <path class="s-surface no" stroke-width="2.200" stroke-linecap="round" d="M17 9.500h10M17 15.500h7" />
  </svg>
)

export const EmptyVoucher = () => (
  <svg width="72" height="54" viewBox="0 0 72 54" aria-hidden="true">
    <path
      class="no s-strong"
      stroke-width="2"
      d="M6 8h60a4 4 0 0 1 4 4v9a6 6 0 0 0 0 12v9a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4v-9a6 6 0 0 0 0-12v-9a4 4 0 0 1 4-4z"
    />
    <path class="s-strong no" stroke-width="3" stroke-linecap="round" stroke-dasharray="0.1 6" d="M24 12v32" />
  </svg>
)

/** The hatching that stands for "not there, not known, not passed on". Each drawing names its own. */
export const Hatching = ({ id }: { id: string }) => (
  <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect width="6" height="6" class="fill-paper" />
    <path d="M0 0v6" class="s-strong" stroke-width="1.600" />
  </pattern>
)
