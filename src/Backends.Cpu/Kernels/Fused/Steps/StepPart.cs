namespace Nabla;

/// <summary>One parameter of a step: dense float32 tensors, and where it lies among the elements of all.</summary>
internal unsafe struct StepPart
{
    public float* P, G, First, Second, Third;
    public float* NewP, NewFirst, NewSecond, NewThird;

    /// <summary>Numbers of this parameter alone, from how many steps it has made.</summary>
    public float Rate, Correction;

    public long Start, Length;
}

/// <summary>How an optimizer steps, with the numbers of the call in its fields.</summary>
internal unsafe interface IStepFormula
{
    /// <summary>Steps at most <see cref="StepWork{TFormula}.Block"/> elements.</summary>
    /// <param name="part">The parameter.</param>
    /// <param name="start">Its first element that is stepped.</param>
    /// <param name="count">How many.</param>
    /// <param name="scratch">Room for a block.</param>
    void Run(in StepPart part, nint start, nint count, float* scratch);
}
