"""The app's own two themes. Owns colours; everything else names roles (primary, success, warning …), never a colour."""

from __future__ import annotations

from textual.theme import Theme

DUSK = Theme(
    name="roleplay-dusk",
    primary="#7fb4ca",
    secondary="#9aa5ce",
    accent="#e0af68",
    success="#8fbf8a",
    warning="#e0af68",
    error="#e58a8a",
    foreground="#d9dce3",
    background="#191c23",
    surface="#20242d",
    panel="#2b303b",
    boost="#ffffff08",
    dark=True,
    variables={
        "border": "#3a4150",
        "border-blurred": "#3a4150",
        "block-cursor-background": "#7fb4ca 22%",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#2b303b",
        "input-selection-background": "#7fb4ca 35%",
        "scrollbar": "#3a4150",
        "scrollbar-hover": "#56607a",
        "scrollbar-active": "#7fb4ca",
        "scrollbar-background": "#191c23",
        "scrollbar-background-hover": "#191c23",
        "scrollbar-background-active": "#191c23",
    },
)

PAPER = Theme(
    name="roleplay-paper",
    primary="#2a6f8a",
    secondary="#59658c",
    accent="#a8641a",
    success="#2f7a43",
    warning="#96600f",
    error="#b23b48",
    foreground="#2c313a",
    background="#f6f4ef",
    surface="#fdfcf9",
    panel="#e9e5dc",
    boost="#00000008",
    dark=False,
    variables={
        "border": "#cfc9bb",
        "border-blurred": "#cfc9bb",
        "block-cursor-background": "#2a6f8a 18%",
        "block-cursor-foreground": "#12303d",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#e9e5dc",
        "input-selection-background": "#2a6f8a 25%",
        "scrollbar": "#cfc9bb",
        "scrollbar-hover": "#b3ab99",
        "scrollbar-active": "#2a6f8a",
        "scrollbar-background": "#f6f4ef",
        "scrollbar-background-hover": "#f6f4ef",
        "scrollbar-background-active": "#f6f4ef",
    },
)

OWN = (DUSK, PAPER)
