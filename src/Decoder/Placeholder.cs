namespace SFlow; internal static class Placeholder;
